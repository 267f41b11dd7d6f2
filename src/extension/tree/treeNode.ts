// The nodes of the Plugins view: what treeNodes.ts makes, pluginTree.ts shows and commands take.

import type { SourceSpan } from "../../model/text/span.ts";

export interface NodeBase {
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

/** A library that was opened by itself: its plugins are below it. Commands take it as a library's path. */
export interface LibraryNode extends NodeBase {
  readonly kind: "library";
  readonly libraryPath: string;
}

/** A package that was opened: what is in it stands under its crate. */
export interface OpenedPackageNode extends NodeBase {
  readonly kind: "openedPackage";
  readonly libraryPath: string;
}

/** A plugin of an opened library whose types no source here tells. */
export interface UnmatchedNode extends NodeBase {
  readonly kind: "unmatched";
  readonly libraryPath: string;
}

/** Has the shape of a PluginTarget, so that commands take it as one. */
export interface PluginNode extends NodeBase {
  readonly kind: "plugin";
  /** Its library was opened as it is: nothing builds it. */
  readonly isOpened: boolean;
  /** False when no host here can load it. */
  readonly isCallable: boolean;
  /** Another interface has the name and hash of its own. */
  readonly hasChoice: boolean;
  readonly pluginId: string;
  readonly span: SourceSpan;
}

export interface InterfaceNode extends NodeBase {
  readonly kind: "interface";
  readonly span: SourceSpan;
}

/** A package that may hold plugins which no source shows. Has the shape of a PluginTarget: building it shows them. */
export interface CandidateNode extends NodeBase {
  readonly kind: "candidate";
  readonly pluginId: string;
  /** Undefined where the macro's call cannot be placed. */
  readonly span: SourceSpan | undefined;
}

/** Has the shape of a MethodTarget, so that commands take it as one. */
export interface PluginMethodNode extends NodeBase {
  readonly kind: "pluginMethod";
  readonly pluginId: string;
  /** False when no host here can load its plugin. */
  readonly isCallable: boolean;
  readonly method: string;
  readonly span: SourceSpan;
  readonly traitSpan: SourceSpan | undefined;
}

export interface InterfaceMethodNode extends NodeBase {
  readonly kind: "interfaceMethod";
  readonly span: SourceSpan;
}

/** Stands in the source and is in no build like this. */
export interface LeftOutNode extends NodeBase {
  readonly kind: "leftOut";
  readonly span: SourceSpan;
}

export type TreeNode =
  | CrateNode
  | LibraryNode
  | OpenedPackageNode
  | UnmatchedNode
  | CandidateNode
  | PluginNode
  | InterfaceNode
  | PluginMethodNode
  | InterfaceMethodNode
  | LeftOutNode;
