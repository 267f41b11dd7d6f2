// The Plugins view as data: crate, its interfaces and plugins, their methods. Pure; pluginTree.ts gives it to VS Code.

import type {
  CrateInfo,
  InterfaceSchema,
  MethodSchema,
  PluginSchema,
  ProjectModel,
} from "../../model/plugin.ts";
import type { SourceSpan } from "../../model/span.ts";

interface NodeBase {
  /** Stable over edits, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly accessibilityLabel: string;
  readonly children: readonly TreeNode[];
  /** Codicon. */
  readonly icon: string;
}

export interface CrateNode extends NodeBase {
  readonly kind: "crate";
  readonly manifestPath: string;
}

/** Has the shape of a PluginTarget, so that commands take it as one. */
export interface PluginNode extends NodeBase {
  readonly kind: "plugin";
  readonly pluginId: string;
  readonly span: SourceSpan;
}

export interface InterfaceNode extends NodeBase {
  readonly kind: "interface";
  readonly span: SourceSpan;
}

/** Has the shape of a MethodTarget, so that commands take it as one. */
export interface PluginMethodNode extends NodeBase {
  readonly kind: "pluginMethod";
  readonly pluginId: string;
  readonly method: string;
  readonly span: SourceSpan;
  readonly traitSpan: SourceSpan | undefined;
}

export interface InterfaceMethodNode extends NodeBase {
  readonly kind: "interfaceMethod";
  readonly span: SourceSpan;
}

export type TreeNode =
  CrateNode | PluginNode | InterfaceNode | PluginMethodNode | InterfaceMethodNode;

/** Crates by name; in each its interfaces, then its plugins, as the source orders them. */
export function treeNodes(model: ProjectModel): readonly CrateNode[] {
  const crates = new Map<string, { crate: CrateInfo; children: TreeNode[] }>();
  const childrenOf = (crate: CrateInfo): TreeNode[] => {
    const known = crates.get(crate.manifestPath);
    if (known !== undefined) {
      return known.children;
    }
    const children: TreeNode[] = [];
    crates.set(crate.manifestPath, { crate, children });
    return children;
  };
  for (const schema of model.interfaces) {
    childrenOf(schema.crate).push(interfaceNode(schema));
  }
  for (const schema of model.plugins) {
    childrenOf(schema.crate).push(pluginNode(schema));
  }
  return [...crates.values()]
    .map(({ crate, children }) => crateNode(crate, children))
    .sort((left, right) => left.label.localeCompare(right.label));
}

function crateNode(crate: CrateInfo, children: readonly TreeNode[]): CrateNode {
  return {
    kind: "crate",
    id: crate.manifestPath,
    label: crate.name,
    description: crate.version,
    tooltip: crate.manifestPath,
    accessibilityLabel: `crate ${crate.name} ${crate.version}`,
    children,
    icon: "package",
    manifestPath: crate.manifestPath,
  };
}

function interfaceNode(schema: InterfaceSchema): InterfaceNode {
  return {
    kind: "interface",
    id: `interface ${schema.crate.manifestPath} ${schema.id}`,
    label: schema.name,
    description: `interface · version ${schema.version}`,
    tooltip: paragraphs(
      `Interface ${schema.name}, version ${schema.version}, ${schema.buffer}`,
      schema.doc,
      `Interface hash ${schema.hash}`,
    ),
    accessibilityLabel: `interface ${schema.name}, version ${schema.version}`,
    children: schema.methods.map((method) => ({
      kind: "interfaceMethod",
      ...methodParts(method, `interface ${schema.crate.manifestPath} ${schema.id}`),
      span: method.nameSpan,
    })),
    icon: "symbol-interface",
    span: schema.nameSpan,
  };
}

function pluginNode(schema: PluginSchema): PluginNode {
  const isIncomplete = schema.missingAsyncFeatures.length > 0;
  return {
    kind: "plugin",
    id: `plugin ${schema.crate.manifestPath} ${schema.id}`,
    label: schema.name,
    description: isIncomplete
      ? `${schema.interfaceName} · async set-up incomplete`
      : schema.interfaceName,
    tooltip: paragraphs(
      `Plugin ${schema.name}, implements ${schema.interfaceName}`,
      schema.doc,
      isIncomplete
        ? `Its async methods need ${schema.missingAsyncFeatures.join(", ")}; the quick fix in the source adds it.`
        : undefined,
    ),
    accessibilityLabel: `plugin ${schema.name}, implements ${schema.interfaceName}${
      isIncomplete ? ", async set-up incomplete" : ""
    }`,
    children: schema.methods.map((method) => ({
      kind: "pluginMethod",
      ...methodParts(method, `plugin ${schema.crate.manifestPath} ${schema.id}`),
      pluginId: schema.id,
      method: method.name,
      span: method.nameSpan,
      traitSpan: method.traitSpan,
    })),
    icon: isIncomplete ? "warning" : "plug",
    pluginId: schema.id,
    span: schema.nameSpan,
  };
}

function methodParts(method: MethodSchema, parentId: string): NodeBase {
  const badges = badgesOf(method);
  const signature = signatureOf(method);
  return {
    id: `${parentId} ${method.name}`,
    label: method.name,
    description: badges.join(" · "),
    tooltip: paragraphs(signature, method.doc),
    accessibilityLabel: [`method ${method.name}`, ...badges].join(", "),
    children: [],
    icon: "symbol-method",
  };
}

function badgesOf(method: MethodSchema): readonly string[] {
  return [
    ...(method.isAsync ? ["async"] : []),
    ...(method.stream === "none" ? [] : [`${method.stream} stream`]),
    ...(method.wire === "raw" ? ["raw"] : []),
    ...(method.capabilityBit === undefined ? [] : ["optional"]),
  ];
}

/** The method as Rust would write it, types as the author wrote them. */
function signatureOf(method: MethodSchema): string {
  const parameters = method.arguments.map(({ name, type }) => `${name}: ${type.rustType}`);
  const { returns } = method;
  const result =
    returns.kind === "value"
      ? returns.type.rustType
      : `Result<${returns.success.rustType}, ${returns.failure.rustType}>`;
  const arrow = result === "()" ? "" : ` -> ${result}`;
  return `${method.isAsync ? "async " : ""}fn ${method.name}(${["&self", ...parameters].join(", ")})${arrow}`;
}

function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}
