// The walkthrough against the manifest: its pictures are there, its links run commands that are there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

function json(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), "utf8"));
}

describe("the walkthrough", () => {
  const { contributes } = json("package.json") as Manifest;
  const texts = json("package.nls.json") as Readonly<Record<string, string>>;
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const textOf = (key: string): string => texts[key.replaceAll("%", "")] ?? "";

  it("leads from creating to remembering, each step with a picture and words for it", () => {
    assert.deepEqual(
      steps.map(({ id }) => id),
      ["create", "invoke", "fix", "debug", "remember"],
    );
    for (const { media } of steps) {
      const picture = readFileSync(join(root, media.svg), "utf8");
      assert.ok(picture.includes(textOf(media.altText)), media.svg);
      // Colours of the theme alone: the pictures are seen in light, dark and high contrast.
      assert.ok(!/#[\da-f]{3,8}\b/iu.test(picture.replaceAll(/>[^<]*</gu, "><")), media.svg);
      assert.ok(existsSync(join(root, media.svg)));
    }
  });

  it("runs only commands that there are", () => {
    const ours = new Set(contributes.commands.map(({ command }) => command));
    for (const { id, description } of steps) {
      const links = [...textOf(description).matchAll(/\(command:([\w.]+)\)/gu)];
      assert.ok(links.length > 0, id);
      for (const [, command = ""] of links) {
        assert.ok(ours.has(command) || !/^fidius\.(?!\w+\.focus)/u.test(command), command);
      }
    }
  });
});
