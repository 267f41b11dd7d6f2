// The Plugins view as data: crate, its interfaces and plugins, their methods. Pure; pluginTree.ts gives it to VS Code.

import { basename } from "node:path";
import { targetText } from "../../model/callObstacle.ts";
import { crateIdOf } from "../../model/crateGraph.ts";
import type { MetadataEntry } from "../../model/libraryReport.ts";
import type {
  CallObstacle,
  CrateInfo,
  InterfaceSchema,
  LeftOut,
  MethodSchema,
  PluginCandidate,
  PluginMethod,
  PluginSchema,
  ProjectModel,
} from "../../model/plugin.ts";
import { isBuiltHere } from "../buildables.ts";
import { pluginsOfLibrary, type OpenedLibrary } from "../libraries/openedLibraries.ts";
import { interfaceChoiceMessage } from "../libraries/interfaceChoices.ts";
import { candidateTrouble, messages, unmatchedMessage } from "../platform/messages.ts";

import type {
  CandidateNode,
  CrateNode,
  InterfaceNode,
  LeftOutNode,
  LibraryNode,
  NodeBase,
  OpenedPackageNode,
  PluginMethodNode,
  PluginNode,
  TreeNode,
  UnmatchedNode,
} from "./treeNode.ts";

/** Crates by name, in each its interfaces, then its plugins, as the source orders them; then what was opened beside them. */
export function treeNodes(
  model: ProjectModel,
  opened: readonly OpenedLibrary[] = [],
): readonly TreeNode[] {
  return [...crateNodes(model), ...opened.map((library) => openedNode(library, model))];
}

function crateNodes(model: ProjectModel): readonly CrateNode[] {
  const crates = new Map<string, { crate: CrateInfo; children: TreeNode[] }>();
  const childrenOf = (crate: CrateInfo): TreeNode[] => {
    const known = crates.get(crateIdOf(crate));
    if (known !== undefined) {
      return known.children;
    }
    const children: TreeNode[] = [];
    crates.set(crateIdOf(crate), { crate, children });
    return children;
  };
  for (const schema of model.interfaces) {
    childrenOf(schema.crate).push(interfaceNode(schema));
  }
  for (const schema of model.plugins.filter(isBuiltHere)) {
    childrenOf(schema.crate).push(pluginNode(schema));
  }
  for (const candidate of model.candidates ?? []) {
    childrenOf(candidate.crate).push(...candidateNodes(candidate, model.plugins));
  }
  for (const item of model.leftOut ?? []) {
    childrenOf(item.crate).push(leftOutNode(item));
  }
  return [...crates.values()]
    .filter(({ children }) => children.length > 0)
    .map(({ crate, children }) => crateNode(crate, children))
    .sort(
      (left, right) =>
        left.label.localeCompare(right.label) || left.description.localeCompare(right.description),
    );
}

function crateNode(crate: CrateInfo, children: readonly TreeNode[]): CrateNode {
  const target = crate.target === undefined ? [] : [targetText(crate.target)];
  return {
    kind: "crate",
    id: crateIdOf(crate),
    label: crate.name,
    description: [crate.version, ...target].join(" · "),
    tooltip: crate.manifestPath,
    accessibilityLabel: [`crate ${crate.name} ${crate.version}`, ...target].join(", "),
    children,
    icon: "package",
    manifestPath: crate.manifestPath,
  };
}

function openedNode(opened: OpenedLibrary, model: ProjectModel): LibraryNode | OpenedPackageNode {
  const label = basename(opened.path);
  const parts = {
    id: `opened ${opened.path}`,
    label,
    tooltip: paragraphs(opened.path, opened.signature),
    libraryPath: opened.path,
  };
  if (opened.kind === "package") {
    return {
      kind: "openedPackage",
      ...parts,
      description: "opened package",
      accessibilityLabel: `opened package ${label}`,
      children: [],
      icon: "archive",
    };
  }
  const { unmatched } = pluginsOfLibrary(opened, model);
  const plugins = model.plugins.filter(({ library }) => library?.file === opened.path);
  return {
    kind: "library",
    ...parts,
    description: `opened library · Fidius ${opened.report.releases}`,
    accessibilityLabel: `opened library ${label}`,
    children: [
      ...plugins.map(pluginNode),
      ...unmatched.map((plugin): UnmatchedNode => ({
        kind: "unmatched",
        id: `opened ${opened.path} ${plugin.name} ${plugin.hash}`,
        label: plugin.name,
        description: `${plugin.interfaceName} · no source has its hash`,
        tooltip: unmatchedMessage(plugin),
        accessibilityLabel: `${plugin.name}, no source has the hash of its ${plugin.interfaceName}`,
        children: [],
        icon: "warning",
        libraryPath: opened.path,
      })),
    ],
    icon: "file-binary",
  };
}

function interfaceNode(schema: InterfaceSchema): InterfaceNode {
  return {
    kind: "interface",
    id: `interface ${crateIdOf(schema.crate)} ${schema.id}`,
    label: schema.name,
    description: `interface · version ${schema.version}`,
    tooltip: paragraphs(
      `Interface ${schema.name}, version ${schema.version}, ${schema.buffer}`,
      schema.doc,
      metadataText(schema.metadata),
      `Interface hash ${schema.hash}`,
    ),
    accessibilityLabel: `interface ${schema.name}, version ${schema.version}`,
    children: schema.methods.map((method) => ({
      kind: "interfaceMethod",
      ...methodParts(method, `interface ${crateIdOf(schema.crate)} ${schema.id}`),
      span: method.nameSpan,
    })),
    icon: "symbol-interface",
    span: schema.nameSpan,
  };
}

function pluginNode(schema: PluginSchema): PluginNode {
  const { library, obstacle } = schema;
  const choice = interfaceChoiceMessage(schema);
  const isIncomplete = library === undefined && schema.missingAsyncFeatures.length > 0;
  return {
    kind: "plugin",
    id: `plugin ${crateIdOf(schema.crate)} ${schema.id}`,
    label: schema.name,
    description: pluginDescription(schema, isIncomplete),
    tooltip: pluginTooltip(schema, isIncomplete),
    accessibilityLabel: `plugin ${schema.name}, implements ${schema.interfaceName}${
      isIncomplete ? ", async set-up incomplete" : ""
    }${obstacle === undefined ? "" : `, ${obstacleWords[obstacle.kind]}`}`,
    isOpened: library?.file !== undefined,
    isCallable: obstacle === undefined,
    hasChoice: choice !== undefined,
    children: schema.methods.map((method): PluginMethodNode => ({
      kind: "pluginMethod",
      ...methodParts(method, `plugin ${crateIdOf(schema.crate)} ${schema.id}`),
      pluginId: schema.id,
      isCallable: obstacle === undefined,
      method: method.name,
      span: method.nameSpan,
      traitSpan: method.traitSpan,
    })),
    icon: obstacle !== undefined ? "circle-slash" : isIncomplete ? "warning" : "plug",
    pluginId: schema.id,
    span: schema.nameSpan,
  };
}

/** In a few words how it came to be known and what is to know of it. */
function pluginDescription(schema: PluginSchema, isIncomplete: boolean): string {
  const { library, obstacle, sourceCrate } = schema;
  const choice = interfaceChoiceMessage(schema);
  return [
    schema.interfaceName,
    ...(isIncomplete ? ["async set-up incomplete"] : []),
    ...(library === undefined ? [] : ["from its library"]),
    ...(sourceCrate === undefined ? [] : [`linked from ${sourceCrate.name}`]),
    ...(obstacle === undefined ? [] : [obstacleWords[obstacle.kind]]),
    ...(choice === undefined ? [] : [messages.typesOf(schema.interfaceId ?? "")]),
    ...(library?.outdatedHash === undefined ? [] : ["interface changed since its build"]),
  ].join(" · ");
}

function pluginTooltip(schema: PluginSchema, isIncomplete: boolean): string {
  const { library, obstacle } = schema;
  return paragraphs(
    `Plugin ${schema.name}, implements ${schema.interfaceName}`,
    schema.doc,
    isIncomplete
      ? `Its async methods need ${schema.missingAsyncFeatures.join(", ")}; the quick fix in the source adds it.`
      : undefined,
    library?.slotOrder === "assumed"
      ? "A macro makes it, so its impl block is not to be seen: slots are assumed to be in the trait's order."
      : undefined,
    interfaceChoiceMessage(schema),
    obstacle?.message,
  );
}

/** The tooltip has the sentence. */
const obstacleWords: Readonly<Record<CallObstacle["kind"], string>> = {
  program: "in a program, cannot be called",
  noLibrary: "in no dynamic library, cannot be called",
  wasm: "WASM component, cannot be called here",
  python: "Python package, cannot be called here",
};

/** What is to say of a candidate beside the plugins of its library; nothing when they say it all. */
function candidateNodes(
  candidate: PluginCandidate,
  plugins: readonly PluginSchema[],
): readonly CandidateNode[] {
  const { id, crate, contents, macroCalls } = candidate;
  const node = (
    parts: Pick<NodeBase, "label" | "description" | "tooltip" | "icon">,
  ): CandidateNode => ({
    kind: "candidate",
    id: `candidate ${crateIdOf(crate)} ${parts.label}`,
    accessibilityLabel: `${parts.label}, ${parts.description}`,
    children: [],
    pluginId: id,
    span: macroCalls[0]?.span,
    ...parts,
  });
  if (contents === undefined) {
    return [
      node({
        label: "Plugins of the library",
        description: "build to see them",
        tooltip: `No source shows plugins of ${crate.name}, but it links an interface: macros may make some. Only the built library tells.`,
        icon: "question",
      }),
    ];
  }
  if (contents.kind === "read" && contents.unmatched.length > 0) {
    return contents.unmatched.map((unmatched) =>
      node({
        label: unmatched.name,
        description: `${unmatched.interfaceName} · no source has its hash`,
        tooltip: unmatchedMessage(unmatched),
        icon: "warning",
      }),
    );
  }
  const trouble = candidateTrouble(candidate);
  const isShown = plugins.some(({ library }) => library?.candidateId === id);
  if (trouble !== undefined && !isShown) {
    return [
      node({
        label: "Plugins of the library",
        description: contents.kind === "failed" ? "none to be seen" : "none",
        tooltip: trouble,
        icon: "warning",
      }),
    ];
  }
  return contents.isOutdated && isShown
    ? [
        node({
          label: "Plugins of the library",
          description: "library changed since; build to see them anew",
          tooltip: `The library of ${crate.name} has changed since it was looked into. Invoke looks again by itself.`,
          icon: "history",
        }),
      ]
    : [];
}

function leftOutNode({
  id,
  kind,
  name,
  interfaceName,
  crate,
  needs,
  nameSpan,
}: LeftOut): LeftOutNode {
  const needed = needs.replaceAll("`", "");
  const what = kind === "hostInterface" ? "host interface" : kind;
  return {
    kind: "leftOut",
    id: `left out ${kind} ${crateIdOf(crate)} ${id}`,
    label: name,
    description: `${interfaceName ?? what} · not in this build: needs ${needed}`,
    tooltip: `The ${what} ${name} is not in this build. It needs ${needed}; the Problems view says how to get that.`,
    accessibilityLabel: `${what} ${name}, not in this build: needs ${needed}`,
    children: [],
    icon: "circle-slash",
    span: nameSpan,
  };
}

function methodParts(method: MethodSchema | PluginMethod, parentId: string): NodeBase {
  const badges = badgesOf(method);
  const signature = signatureOf(method);
  return {
    id: `${parentId} ${method.name}`,
    label: method.name,
    description: badges.join(" · "),
    tooltip: paragraphs(signature, method.doc, metadataText(method.metadata)),
    accessibilityLabel: [`method ${method.name}`, ...badges].join(", "),
    children: [],
    icon: "symbol-method",
  };
}

/** What `#[method_meta]` and `#[trait_meta]` say, a line each. */
function metadataText(entries: readonly MetadataEntry[] = []): string | undefined {
  return entries.length === 0
    ? undefined
    : entries.map(({ key, value }) => `${key} = ${JSON.stringify(value)}`).join("\n");
}

function badgesOf(method: MethodSchema | PluginMethod): readonly string[] {
  return [
    ...(method.isAsync ? ["async"] : []),
    ...(method.stream === "none" ? [] : [`${method.stream} stream`]),
    ...(method.wire === "raw" ? ["raw"] : []),
    ...(method.capabilityBit === undefined ? [] : ["optional"]),
    ...("isImplemented" in method && !method.isImplemented ? ["not implemented"] : []),
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
