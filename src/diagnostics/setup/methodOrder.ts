// An impl block whose methods stand in another order than the trait's: vtable slots follow the block (reference 3.4). A
// rule finds it; here it gets the plugin and the fix.

import type { SourceSpan } from "../../model/text/span.ts";
import type { ProjectRule } from "../diagnostic.ts";
import { implOrder } from "../rules/implMethods/implOrder.ts";

/** The rule's code. */
export const methodOrderCode = implOrder.id;

export const methodOrder: ProjectRule = ({ rust }) => {
  const problems = rust.problems.filter(({ code }) => code === methodOrderCode);
  if (problems.length === 0) {
    return [];
  }
  const plugins = new Map(
    rust.plugins.flatMap((plugin) =>
      plugin.schema.methods.map(({ nameSpan }) => [placeText(nameSpan), plugin]),
    ),
  );
  return problems.map(({ code, severity, message, span }) => {
    const plugin = plugins.get(placeText(span));
    return {
      code,
      severity,
      message,
      span,
      related: [],
      fixes: plugin === undefined ? [] : [{ kind: "reorderMethods" }],
      plugin: plugin?.schema ?? null,
    };
  });
};

function placeText({ file, start }: SourceSpan): string {
  return `${file}:${String(start.line)}:${String(start.character)}`;
}
