// Neovim and Emacs, in which the language server is tried with the configurations of docs/editors.md.

import { run } from "../run.mjs";
import { installPackages } from "./systemPackages.mjs";
import { SetupFailure } from "./failure.mjs";

const purpose = "the tests of the language server in other editors";

/** Makes sure that both can be started, and that Emacs has eglot and rust-mode. */
export async function requireEditors() {
  if ((await hasNeovim()) && (await hasEmacs())) {
    return;
  }
  await installPackages(["neovim", "emacs-nox", "elpa-eglot", "elpa-rust-mode"], purpose);
  if (!(await hasNeovim()) || !(await hasEmacs())) {
    throw new SetupFailure(
      `${purpose} need Neovim, and Emacs with eglot and rust-mode. Install them and run this again.`,
    );
  }
}

async function hasNeovim() {
  return (await run("nvim", ["--version"], { output: "collect" })).reason === "";
}

async function hasEmacs() {
  const load = [
    "--batch",
    "--eval",
    "(progn (package-initialize) (require 'eglot) (require 'rust-mode))",
  ];
  return (await run("emacs", load, { output: "collect" })).reason === "";
}
