// Sources and manifests of a crate that is not written yet, read as if they were.

import { dirname, join } from "node:path";
import { checkCrate } from "../diagnostics/checkCrate.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import {
  implOfInterface,
  type ImplOfInterface,
} from "../diagnostics/source/methods/traitMethods.ts";
import { implSubject, type ImplSubject } from "../diagnostics/source/subjects.ts";
import { nullLogger } from "../model/logger.ts";
import type { InterfaceSchema } from "../model/plugin.ts";
import { err, type Result } from "../model/result.ts";
import { createProject } from "../project/project.ts";
import type { CrateCheck } from "../rust/fidius/crateCheck.ts";
import type { CrateSetting } from "./crateSetting.ts";
import { interfaceReach, type InterfaceReach } from "./interfaceReach.ts";

export interface Draft {
  /** The impl block of the draft, whatever it implements. */
  readonly subject: ImplSubject | undefined;
  /** Its interface, where that is found. */
  readonly found: ImplOfInterface | undefined;
  /** The first error of ours. */
  readonly problem: string | undefined;
}

/** The project with the new crate in it. */
export class Drafts {
  readonly #setting: CrateSetting;
  readonly #project: ReturnType<typeof createProject>;
  #subject: ImplSubject | undefined;

  constructor(setting: CrateSetting) {
    this.#setting = setting;
    const { place, request, openTexts } = setting;
    const check: CrateCheck = {
      ...checkCrate,
      impl: (found, sources) => {
        if (dirname(sources.crate.node.info.manifestPath) === request.folder) {
          this.#subject = implSubject(sources, found);
        }
        return checkCrate.impl(found, sources);
      },
    };
    const folders = [place?.folder ?? request.folder];
    this.#project = createProject({ folders, isTrusted: false, logger: nullLogger, check });
    for (const [file, text] of openTexts) {
      this.#project.setOpenText(file, text);
    }
  }

  read(manifest: string, source: string): Draft {
    const { request, place } = this.#setting;
    this.#project.setOpenText(join(request.folder, "Cargo.toml"), manifest);
    this.#project.setOpenText(join(request.folder, "src/lib.rs"), source);
    if (place !== null) {
      this.#project.setOpenText(place.manifestPath, place.withMember);
    }
    const own = diagnose(this.#project.snapshot()).find(
      ({ severity, span }) =>
        severity === "error" && dirname(dirname(span.file)) === request.folder,
    );
    const subject = this.#subject;
    const found = (subject && implOfInterface(subject)) ?? undefined;
    return { subject, found, problem: own?.message };
  }

  /** Where the new crate, whose manifest depends on the interface's, finds the interface; the error is a sentence. */
  reach(manifest: string, schema: InterfaceSchema): Result<InterfaceReach, string> {
    const { id, name } = schema;
    const { subject, problem } = this.read(
      manifest,
      `use fidius::plugin_impl;\nuse ${id};\n\npub struct Draft;\n\n#[plugin_impl(${name})]\nimpl ${name} for Draft {}\n`,
    );
    return subject === undefined
      ? err(`${id} cannot be used in another crate: ${problem ?? "its source is not known."}`)
      : interfaceReach(schema, subject.sources.names, subject.module);
  }

  [Symbol.dispose](): void {
    this.#project.dispose();
  }
}
