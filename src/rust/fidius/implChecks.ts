// Mistakes in an impl block that show while reading it (reference 2.2, 3.4, 4.3).

import type { RustProblem } from "./facts.ts";
import { interfaceArguments, isRaw, type ImplArguments } from "./fidiusArguments.ts";
import type { MacroRules } from "./fidiusRelease.ts";
import type { FoundImpl } from "./impls.ts";
import { methodsByName, type FoundInterface, type TraitMethod } from "./interfaces.ts";
import { functionsOf, type Fragment, type FunctionItem } from "../syntax/items.ts";
import { spanOf } from "../names/modules.ts";
import { plainName } from "../syntax/tokenCursor.ts";
import { parseType, streamItem } from "../syntax/typeSyntax.ts";

type Report = (
  code: string,
  severity: RustProblem["severity"],
  fragment: Fragment,
  message: string,
) => void;

/** What is wrong with the impl, as far as its own text and the trait tell. */
export function checkImpl(
  found: FoundImpl,
  written: ImplArguments,
  rules: MacroRules,
  traitName: string,
  foundInterface: FoundInterface | undefined,
  methods: readonly TraitMethod[] | undefined,
): RustProblem[] {
  const problems: RustProblem[] = [];
  const report: Report = (code, severity, fragment, message) => {
    problems.push({ code, severity, message, span: spanOf(found.placed, fragment) });
  };
  for (const item of functionsOf(found.placed.item)) {
    checkArgumentNames(item, written, rules, report);
  }
  if (foundInterface === undefined || methods === undefined) {
    report(
      "interfaceNotFound",
      "information",
      found.attribute,
      `The source of the interface \`${traitName}\` was not found, so its hash and its methods cannot be checked. Check the \`use\` of the trait and that its crate is among the dependencies.`,
    );
    return problems;
  }
  const { buffer } = interfaceArguments(foundInterface.attribute);
  if (buffer !== written.buffer) {
    report(
      "bufferMismatch",
      "error",
      found.attribute,
      `The interface \`${traitName}\` uses the buffer strategy ${buffer}, this impl ${written.buffer}, which does not compile (E0308). Write \`buffer = ${buffer}\` here.`,
    );
  }
  checkMethods(found, traitName, methods, report);
  return problems;
}

function checkMethods(
  found: FoundImpl,
  traitName: string,
  methods: readonly TraitMethod[],
  report: Report,
): void {
  const { item: impl } = found.placed;
  const own = functionsOf(impl);
  const ownNames = new Set(own.map(({ name }) => name));
  const missing = methods.filter(({ item }) => !ownNames.has(item.name));
  if (missing.length > 0) {
    const list = missing.map(({ item }) => `\`${item.name}\``).join(", ");
    // What a macro writes into the block comes too late: Fidius' macro has read it by then.
    const call = impl.items.find(({ kind }) => kind === "macroCall");
    report(
      "methodMissing",
      "error",
      call ?? impl.selfType,
      `This impl lacks ${list} of \`${traitName}\`. A plugin must implement every method, the optional ones and those with a default body too (E0046, E0061).`,
    );
  }
  const byName = methodsByName(methods);
  for (const item of own) {
    const inTrait = byName.get(item.name);
    if (inTrait === undefined) {
      report(
        "methodNotInTrait",
        "error",
        item.nameSpan,
        `\`${item.name}\` is no method of \`${traitName}\` (E0407). Move it to an impl block of its own.`,
      );
    } else if (inTrait.isRaw !== isRaw(item)) {
      const [here, there] = isRaw(item) ? ["here", "the trait"] : ["in the trait", "here"];
      report(
        "rawMismatch",
        "error",
        item.nameSpan,
        `\`${item.name}\` is \`#[wire(raw)]\` ${here} but not in ${there === "here" ? "this impl" : there}: it compiles with the same hash, and callers misread the bytes. Write the attribute on both.`,
      );
    }
  }
  checkOrder(own, methods, report);
}

function checkOrder(
  own: readonly FunctionItem[],
  methods: readonly TraitMethod[],
  report: Report,
): void {
  const wanted = new Set(methods.map(({ item }) => item.name));
  const known = own.filter(({ name }) => wanted.has(name));
  const knownNames = new Set(known.map(({ name }) => name));
  const inOrder = [...wanted].filter((name) => knownNames.has(name));
  const first = known.find(({ name }, index) => name !== inOrder[index]);
  if (first !== undefined) {
    const slot = known.indexOf(first);
    report(
      "implOrder",
      "error",
      first.nameSpan,
      `\`${first.name}\` stands where the trait has \`${inOrder[slot] ?? ""}\`. Vtable slots follow this block, so hosts that go by the trait call \`${first.name}\` for \`${inOrder[slot] ?? ""}\`. Put the methods in the trait's order: ${inOrder.join(", ")}.`,
    );
  }
}

/** Arguments whose names hide variables of the generated shim (reference 2.2). */
function checkArgumentNames(
  item: FunctionItem,
  written: ImplArguments,
  rules: MacroRules,
  report: Report,
): void {
  const isClientStream = item.parameters.some(({ type }) => streamItem(parseType(type)) !== null);
  for (const { pattern, patternSpan } of item.parameters) {
    const name = plainName(pattern.replace(/^mut\s+/u, ""));
    const effect = shadowEffect(name, isClientStream, written.buffer === "Arena", rules);
    if (effect !== undefined) {
      report(
        "argumentShadowsShim",
        "error",
        patternSpan,
        `An argument named \`${name}\` hides a variable of the code that Fidius generates: ${effect}. Rename it.`,
      );
    }
  }
}

function shadowEffect(
  name: string,
  isClientStream: boolean,
  isArena: boolean,
  { hasInstances }: MacroRules,
): string | undefined {
  switch (name) {
    case "instance":
      return hasInstances
        ? "its value is used as the address of the plugin, which crashes the process or does not compile (E0605)"
        : undefined;
    case "out_ptr":
    case "out_len":
      return "it does not compile (E0614)";
    case "handle":
      return isClientStream && hasInstances ? "it does not compile (E0308)" : undefined;
    case "arena_cap":
      return isArena ? "its value replaces the size of the output buffer" : undefined;
    case "arena_ptr":
      return isArena ? "it does not compile (E0308)" : undefined;
    case "out_offset":
      return isArena ? "it does not compile (E0614)" : undefined;
    default:
      return undefined;
  }
}
