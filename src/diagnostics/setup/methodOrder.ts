// An impl block whose methods stand in another order than the trait's: vtable slots follow the block (reference 3.4). A
// rule finds it; here it gets the plugin and the fix.

import type { ProjectRule } from "../diagnostic.ts";
import { implOrder } from "../rules/implMethods/implOrder.ts";

/** The rule's code. */
export const methodOrderCode = implOrder.id;

export const methodOrder: ProjectRule = ({ rust }) =>
  rust.problems
    .filter(({ code }) => code === methodOrderCode)
    .map(({ code, severity, message, span }) => {
      const plugin = rust.plugins.find(({ schema }) =>
        schema.methods.some(
          ({ nameSpan }) =>
            nameSpan.file === span.file &&
            nameSpan.start.line === span.start.line &&
            nameSpan.start.character === span.start.character,
        ),
      );
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
