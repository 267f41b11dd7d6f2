// What is said of a type that serde cannot carry: where it is declared, and the derive that it lacks.

import type { TextFix } from "../../../model/text/textFix.ts";
import type { RelatedPlace } from "../../../rust/fidius/facts.ts";
import { spanOf, type Crate } from "../../../rust/names/modules/modules.ts";
import type { LackingDeclaration } from "../../../rust/types/resolved.ts";
import type { TypeFinding } from "../../../rust/types/typeFindings.ts";
import type { ReportType } from "../../sourceRule.ts";
import { addArgument } from "../attributes/attributeFixes.ts";
import { indentAt, textFix } from "../textFixes.ts";

/** Says what a finding of the given use is about, where the type lacks serde's traits. */
export function reportLack(finding: TypeFinding, report: ReportType, advice = ""): void {
  if (finding.cause.kind !== "withoutSerde") {
    return;
  }
  const { declaration } = finding.cause.lack;
  report(`${finding.message}${firstStep(declaration)}${advice}`, {
    related: [...relatedTo(finding), ...declaredAt(declaration)],
    fixes: declaration === undefined ? [] : deriveFix(declaration),
  });
}

/** The dependency on serde that a derive needs. */
function firstStep(declaration: LackingDeclaration | undefined): string {
  const crate = declaration?.module.crate;
  return crate === undefined || serdeName(crate) !== undefined
    ? ""
    : ` First add \`serde\` with its feature \`derive\` to the dependencies of \`${crate.name}\`.`;
}

/** Where in a declaration the cause of a finding stands. */
export function relatedTo({ source }: TypeFinding): readonly RelatedPlace[] {
  return source === undefined ? [] : [{ span: source, message: "This is why." }];
}

function declaredAt(declaration: LackingDeclaration | undefined): readonly RelatedPlace[] {
  if (declaration === undefined) {
    return [];
  }
  const { placed } = declaration;
  const span = spanOf(placed, placed.item.nameSpan);
  return [{ span, message: `\`${placed.item.name}\` is declared here.` }];
}

/** The name under which a crate knows serde. */
function serdeName({ node }: Crate): string | undefined {
  return node.dependencies.find(
    ({ packageName, kind }) => packageName === "serde" && kind === "normal",
  )?.codeName;
}

function deriveFix(declaration: LackingDeclaration): readonly TextFix[] {
  const { module, placed, traits } = declaration;
  const serde = serdeName(module.crate);
  if (serde === undefined) {
    return [];
  }
  const { item, chunk } = placed;
  if (item.generics.some(({ kind }) => kind === "lifetime")) {
    return []; // what it borrows may have no derive
  }
  const isImported = (name: string): boolean =>
    module.leavesAround.some(({ leaf }) => leaf.binding === name && leaf.path[0] === serde);
  const derives = traits.map((name) => (isImported(name) ? name : `${serde}::${name}`)).join(", ");
  const title = `Derive \`${traits.join("` and `")}\` for \`${item.name}\``;
  const written = item.attributes.find(({ path }) => path.join() === "derive");
  if (written?.conditions.length === 0) {
    return addArgument(placed, written, derives).map((fix) => ({ ...fix, title }));
  }
  const from = item.attributes.at(-1)?.end ?? item.start;
  const head = /(?:pub\s*(?:\([^)]*\)\s*)?)?(?:struct|enum|union)\s+$/u.exec(
    chunk.text.slice(from, item.nameSpan.start),
  );
  if (head === null) {
    return [];
  }
  const start = from + head.index;
  const newText = `#[derive(${derives})]\n${indentAt(placed, start)}`;
  return textFix(placed, title, { fragment: { start, end: start }, newText });
}
