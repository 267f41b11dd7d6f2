// Adding a member to a workspace: in the manner of its manifest, and nothing else changes.

import assert from "node:assert/strict";
import { addMember } from "../../../../src/cargo/edit/addMember.ts";

function added(text: string): string {
  const result = addMember(text, "plugins/new");
  assert.ok(result.ok);
  return result.value.text;
}

describe("adding a member to a workspace", () => {
  const cases: readonly (readonly [title: string, before: string, after: string])[] = [
    [
      "in an array on one line",
      '[workspace]\nmembers = ["a"] # all\n',
      '[workspace]\nmembers = ["a", "plugins/new"] # all\n',
    ],
    [
      "in an array with a line each, comments and trailing comma kept",
      '[workspace]\nmembers = [\n  "a", # first\n  # second\n  "b",\n]\n',
      '[workspace]\nmembers = [\n  "a", # first\n  # second\n  "b",\n  "plugins/new",\n]\n',
    ],
    [
      "in an array of literal strings",
      "[workspace]\nmembers = ['a']\n",
      "[workspace]\nmembers = ['a', 'plugins/new']\n",
    ],
    [
      "in an empty array",
      "[workspace]\nmembers = []\n",
      '[workspace]\nmembers = ["plugins/new"]\n',
    ],
    [
      "in a workspace without members",
      '[workspace] # root\nresolver = "2"\n',
      '[workspace] # root\nmembers = ["plugins/new"]\nresolver = "2"\n',
    ],
    [
      "in dotted keys",
      'workspace.resolver = "2"\n\n[package]\nname = "a"\n',
      'workspace.resolver = "2"\nworkspace.members = ["plugins/new"]\n\n[package]\nname = "a"\n',
    ],
    [
      "in an inline table",
      'workspace = { resolver = "2" }\n',
      'workspace = { resolver = "2", members = ["plugins/new"] }\n',
    ],
    [
      "where only tables below it are written",
      '# all\n[workspace.dependencies]\nserde = "1"\n',
      '# all\n[workspace]\nmembers = ["plugins/new"]\n\n[workspace.dependencies]\nserde = "1"\n',
    ],
    [
      "with the line ends of the file",
      '[workspace]\r\nmembers = [\r\n  "a",\r\n]\r\n',
      '[workspace]\r\nmembers = [\r\n  "a",\r\n  "plugins/new",\r\n]\r\n',
    ],
  ];
  for (const [title, before, after] of cases) {
    it(title, () => {
      assert.equal(added(before), after);
    });
  }

  it("says what keeps it from it", () => {
    const noArray = addMember('[workspace]\nmembers = "a"\n', "b");
    assert.match(noArray.ok ? "" : noArray.error.message, /not an array\. Add "b" to them by hand/);
    const broken = addMember("[workspace\n", "b");
    assert.equal(broken.ok ? "" : broken.error.kind, "syntax");
  });
});
