import assert from "node:assert/strict";
import { plainSnippet, snippetText } from "../../../src/server/completion/completionText.ts";
import { problemsInExample } from "../../support/fixedExamples.ts";
import { allSnippets } from "../../support/snippetsTogether.ts";

describe("snippets", () => {
  it("are code that no rule has anything to say of", () => {
    assert.deepEqual(problemsInExample(allSnippets(), {}), []);
  });

  it("have their first choice and their placeholders as text", () => {
    assert.equal(plainSnippet("a ${1|b,c|} ${2:d} ${2} $0e"), "a b d d e");
    assert.equal(plainSnippet('${1:format!("{\\}", x)}'), 'format!("{}", x)');
  });

  it("take foreign text as text", () => {
    assert.equal(plainSnippet(`\${1:${snippetText("${2:x} \\ $1")}}`), "${2:x} \\ $1");
  });
});
