// `workspace/executeCommand`: plans a new crate of a template. The client makes the files, so that its user can preview and undo them.

import {
  type Connection,
  type CreateFile,
  MessageType,
  ShowMessageNotification,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { isAbsolute } from "node:path";
import * as z from "zod";
import type { NewCrateAnswer, NewCratePlan, NewCrateTarget } from "../../protocol/lsp.ts";
import { registryFidius } from "../../scaffold/fidiusVersion.ts";
import { crateKinds, methodKinds, type CratePlan, type NewCrate } from "../../scaffold/newCrate.ts";
import { planCrate } from "../../scaffold/planCrate.ts";
import type { Documents } from "../documents.ts";
import { driftTexts, newCrateTexts } from "../messages.ts";
import { minimalEdit } from "../minimalEdit.ts";
import { uriOfPath } from "../fileUris.ts";

const target = z.object({
  kind: z.enum(crateKinds),
  folder: z.string().refine((folder) => isAbsolute(folder), "it is no absolute path"),
  name: z.string().optional(),
  methods: z.enum(methodKinds).optional(),
  isConfigured: z.boolean().optional(),
  interfaceName: z.string().optional(),
  isApplied: z.boolean().optional(),
});

export interface NewCratePorts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly cargoPath: string | null;
  /** Cargo is asked for the newest Fidius only then. */
  readonly isTrusted: () => boolean;
  /** The client makes files when it is asked to. */
  readonly canCreateFiles: boolean;
  readonly signal: AbortSignal;
}

/** The plan for the crate that the argument asks for; with `isApplied` the client is asked to carry it out, and told the outcome. */
export async function newCrateCommand(
  argument: unknown,
  ports: NewCratePorts,
): Promise<NewCrateAnswer> {
  const asked = target.safeParse(argument);
  if (!asked.success) {
    const reason = z.prettifyError(asked.error).replaceAll("\n", " ");
    return { kind: "failed", message: driftTexts.badArgument(reason) };
  }
  const answer = await planned(asked.data, ports);
  if (asked.data.isApplied !== true) {
    return answer;
  }
  const applied = answer.kind === "planned" ? await apply(answer, ports) : answer;
  await ports.connection.sendNotification(ShowMessageNotification.type, {
    type: applied.kind === "failed" ? MessageType.Warning : MessageType.Info,
    message:
      applied.kind === "failed"
        ? applied.message
        : [newCrateTexts.made(applied.packageName), ...applied.notes].join(" "),
  });
  return applied;
}

async function planned(asked: NewCrateTarget, ports: NewCratePorts): Promise<NewCrateAnswer> {
  const { kind, folder, name, methods, interfaceName, isConfigured = false } = asked;
  const request: NewCrate = {
    kind,
    folder,
    isConfigured,
    ...(name === undefined ? {} : { name }),
    ...(methods === undefined ? {} : { methods }),
    ...(interfaceName === undefined ? {} : { interfaceName }),
  };
  const { cargoPath, signal } = ports;
  const registry = cargoPath === null ? { signal } : { cargoPath, signal };
  const plan = await planCrate(request, {
    openTexts: ports.documents.texts(),
    ...(ports.isTrusted() && {
      newestFidius: (where: string) => registryFidius(where, registry),
    }),
  });
  return plan.ok ? planOf(plan.value) : { kind: "failed", message: plan.error };
}

function planOf({ packageName, newFiles, changedFiles, mainFile, notes }: CratePlan): NewCratePlan {
  return {
    kind: "planned",
    packageName,
    newFiles,
    changedFiles: changedFiles.flatMap(({ file, before, text }) => {
      const edit = minimalEdit(before, text);
      return edit === undefined ? [] : [{ file, edit }];
    }),
    mainFile,
    notes,
  };
}

async function apply(
  plan: NewCratePlan,
  { connection, documents, canCreateFiles }: NewCratePorts,
): Promise<NewCrateAnswer> {
  if (!canCreateFiles) {
    return { kind: "failed", message: newCrateTexts.noFiles };
  }
  const { applied, failureReason } = await connection.workspace.applyEdit({
    label: newCrateTexts.made(plan.packageName),
    edit: editOf(plan, documents),
  });
  return applied
    ? plan
    : { kind: "failed", message: newCrateTexts.notApplied(failureReason ?? "it said no reason") };
}

function editOf({ newFiles, changedFiles }: NewCratePlan, documents: Documents): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      ...newFiles.flatMap(({ file, text }): readonly (CreateFile | TextDocumentEdit)[] => {
        const uri = uriOfPath(file);
        return [
          { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
          {
            textDocument: { uri, version: null },
            edits: [{ range: { start, end: start }, newText: text }],
          },
        ];
      }),
      ...changedFiles.map(({ file, edit }): TextDocumentEdit => ({
        textDocument: {
          uri: documents.uriOf(file),
          version: documents.find(file)?.version ?? null,
        },
        edits: [edit],
      })),
    ],
  };
}
