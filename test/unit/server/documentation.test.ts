// docs/language-server.md is what other editors go by: it must name every message, option and rule there is.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  clientNotifications,
  serverNotifications,
  serverRequests,
} from "../../../src/protocol/lsp.ts";

const repository = path.resolve(import.meta.dirname, "../../..");
const text = readFileSync(path.join(repository, "docs/language-server.md"), "utf8");

describe("docs/language-server.md", () => {
  it("lists exactly the messages of the protocol", () => {
    const messages: readonly { readonly method: string }[] = [
      ...Object.values(serverRequests),
      ...Object.values(serverNotifications),
      ...Object.values(clientNotifications),
    ];
    const methods = messages.map(({ method }) => method);
    const listed = [...text.matchAll(/^\| `(fidius\/\w+)`/gmu)].map(([, method]) => method);
    assert.deepEqual(listed.sort(), methods.sort());
  });

  it("lists a code for every rule file on async methods", () => {
    const folder = path.join(repository, "src/diagnostics/setup");
    const sources = readdirSync(folder).map((file) =>
      readFileSync(path.join(folder, file), "utf8"),
    );
    const kinds = sources.flatMap((source) =>
      [...source.matchAll(/findingsOf\(snapshot, "(\w+)"\)/gu)].map(([, kind]) => kind ?? ""),
    );
    const codes = kinds.map((kind) =>
      kind.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`),
    );
    assert.ok(codes.length >= 6);
    const listed = [...text.matchAll(/^\| `([a-z-]+)` /gmu)].map(([, code]) => code);
    assert.deepEqual(
      codes.filter((code) => !listed.includes(code)),
      [],
    );
  });

  it("lists the options that the server reads", () => {
    const settings = readFileSync(path.join(repository, "src/server/settings.ts"), "utf8");
    // What may change while the server runs, and the rest.
    const schemas = [...settings.matchAll(/(?:z\.object|\.extend)\(\{\n(.*?)\n\}\);/gsu)];
    const names = schemas.flatMap(([, schema = ""]) =>
      [...schema.matchAll(/(\w+): z/gu)].map(([, name]) => name ?? ""),
    );
    assert.ok(["isTrusted", "invoke", "severities"].every((name) => names.includes(name)));
    for (const name of names.filter((each) => each !== "commands")) {
      assert.match(text, new RegExp(`\`(?:commands\\.)?${name}\``, "u"));
    }
  });
});
