// Builds the bridge of an interface, or finds the one that is there and fresh: metadata, overlay, cargo, and a record of
// everything it depends on beside it. Methods that rustc refuses are left out, with its words.

import { writeFile } from "node:fs/promises";
import { dirname, extname, join, relative, resolve } from "node:path";
import * as z from "zod";
import { BuildOutput, runBuild, toFailure, type BuildError } from "../cargo/build/build.ts";
import type { BuildRecord, BuildRequest } from "../cargo/build/builtLibrary.ts";
import type { BuildProgress } from "../cargo/build/buildProgress.ts";
import { fileState } from "../cargo/build/fileState.ts";
import { isFresh, recordBuild } from "../cargo/build/freshness.ts";
import { readMetadata, type CargoMetadata, type MetadataPackage } from "../cargo/graph/metadata.ts";
import { isSameFile } from "../cargo/manifest/samePath.ts";
import { sourceOutside } from "../cargo/build/sourcesRead.ts";
import { writingTarget } from "../cargo/build/targetFolder.ts";
import { fileLimits } from "../files/fileLimits.ts";
import { describeFileProblem } from "../files/fileProblem.ts";
import { readRegularText } from "../files/regularFile.ts";
import type { CompileError } from "../model/outcome.ts";
import type { InterfaceSchema } from "../model/plugin.ts";
import { err, ok, type Result } from "../model/result.ts";
import { asLibrary, prepareBridge, programName, type BridgeRequest } from "./bridgeRequest.ts";
import { askCompiler, type MethodError } from "./missingTraits.ts";
import { generateSource, isSplitResult, type BridgedMethod } from "./generatedSource.ts";
import { readMethodSource } from "./methodSource.ts";
import { packageFolderOf, writeOverlay, type Overlay } from "./overlay.ts";

export interface BridgeListener {
  onStart?(): void;
  onProgress?(progress: BuildProgress): void;
  onOutput?(text: string): void;
}

/** A program that is there and fresh. */
export interface BuiltBridge {
  readonly executable: string;
  /** Methods that rustc refused, with a sentence why. */
  readonly refused: Readonly<Record<string, string>>;
  /** What rustc says that types lack, by method; see missingTraits.ts. */
  readonly missing: Readonly<Record<string, readonly string[]>>;
}

const record = z.object({
  executable: z.string(),
  refused: z.record(z.string(), z.string()),
  missing: z.record(z.string(), z.array(z.string())),
  record: z.object({
    requestKey: z.string(),
    inputs: z.record(z.string(), z.string()),
    isUncertain: z.boolean(),
  }),
});

const maxAttempts = 4;

/** The bridge when it was built before and nothing has changed since; starts no program. */
export async function findBridge(request: BridgeRequest): Promise<BuiltBridge | undefined> {
  const prepared = prepareBridge(request);
  if (!prepared.ok) {
    return undefined;
  }
  const file = join(prepared.value.folder, "bridge.json");
  const text = await readRegularText(file, { limit: fileLimits.own });
  const parsed = record.safeParse(text.ok ? parseJson(text.value) : undefined);
  if (!parsed.success) {
    return undefined;
  }
  const built = { ...asLibrary(prepared.value.build, parsed.data.executable), ...parsed.data };
  return (await isFresh(built, prepared.value.build)) ? parsed.data : undefined;
}

/** Builds it. Expected failures are data; errors of the user's own code point into the user's files. */
export async function buildBridge(
  request: BridgeRequest,
  listener: BridgeListener,
  signal: AbortSignal,
): Promise<Result<BuiltBridge, BuildError>> {
  const prepared = prepareBridge(request);
  if (!prepared.ok) {
    return prepared;
  }
  listener.onStart?.();
  const { build, folder } = prepared.value;
  const { name } = request.interface.crate;
  const outside = await sourceOutside(request.workspaceRoot, name, build, signal);
  if (outside !== undefined) {
    return err(outside);
  }
  const metadata = await readMetadata(
    {
      cargo: build.cargo,
      manifestPath: join(request.workspaceRoot, "Cargo.toml"),
      workingDirectory: request.workspaceRoot,
      environment: request.environment,
    },
    signal,
  );
  if (!metadata.ok) {
    return metadata.error.kind === "cancelled"
      ? err(metadata.error)
      : err({ kind: "cargoFailed", exitCode: null, message: metadata.error.message });
  }
  const item = metadata.value.packages.find(({ manifest_path }) =>
    isSameFile(manifest_path, request.interface.crate.manifestPath),
  );
  if (item === undefined) {
    const message = `${request.interface.crate.name} is no part of the workspace in ${request.workspaceRoot}, so its versions are not known.`;
    return err({ kind: "cargoFailed", exitCode: null, message });
  }
  const methods =
    request.methods === undefined ? await bridgedMethods(request.interface) : ok(request.methods);
  if (!methods.ok) {
    return err({ kind: "cargoFailed", exitCode: null, message: methods.error });
  }
  return new BridgeBuild(
    { request, build, folder, metadata: metadata.value, item, methods: methods.value },
    listener,
    signal,
  ).run();
}

interface BuildParts {
  readonly request: BridgeRequest;
  readonly build: BuildRequest;
  readonly folder: string;
  readonly metadata: CargoMetadata;
  readonly item: MetadataPackage;
  readonly methods: readonly BridgedMethod[];
}

class BridgeBuild {
  readonly #parts: BuildParts;
  readonly #listener: BridgeListener;
  readonly #signal: AbortSignal;
  readonly #refused: Record<string, string> = {};

  constructor(parts: BuildParts, listener: BridgeListener, signal: AbortSignal) {
    this.#parts = parts;
    this.#listener = listener;
    this.#signal = signal;
  }

  async run(): Promise<Result<BuiltBridge, BuildError>> {
    for (let attempt = 1; ; attempt++) {
      const { request, item } = this.#parts;
      const methods = this.#parts.methods.filter(({ name }) => !(name in this.#refused));
      const generated = generateSource(methods, item.edition);
      const written = await writingTarget(this.#parts.folder, request.interface, () =>
        writeOverlay({
          folder: this.#parts.folder,
          programName: programName(request),
          metadata: this.#parts.metadata,
          item,
          build: request.build,
          traitSpan: request.interface.fullSpan ?? request.interface.nameSpan,
          generated,
          runtimeFolder: request.runtimeFolder,
        }),
      );
      if (!written.ok) {
        const { error } = written;
        return err(
          typeof error === "string"
            ? { kind: "cargoFailed", exitCode: null, message: error }
            : error,
        );
      }
      const overlay = written.value;
      const startedAtMs = Date.now();
      const output = this.#output();
      const exit = await runBuild(
        this.#parts.build,
        this.#arguments("build", ["--package", overlay.programName]),
        output,
        this.#signal,
      );
      if (exit === null) {
        return this.#finish(overlay, output, startedAtMs, generated.methodOfLine);
      }
      const blamed = this.#blame(overlay, output.errors, generated.methodOfLine);
      if (exit.kind === "cancelled" || blamed === 0 || attempt === maxAttempts) {
        const failure = toFailure(exit, output, request.interface.crate);
        return err(
          failure.kind === "compileErrors"
            ? {
                ...failure,
                errors: failure.errors.map((error) => this.#inUserFile(overlay, error)),
              }
            : failure,
        );
      }
    }
  }

  #output(): BuildOutput {
    return new BuildOutput(this.#parts.folder, {
      onProgress: (progress) => this.#listener.onProgress?.(progress),
      onOutput: (text) => this.#listener.onOutput?.(text),
      signal: this.#signal,
    });
  }

  #arguments(command: "build" | "rustc", more: readonly string[]): readonly string[] {
    return [
      command,
      "--message-format=json",
      "--manifest-path",
      join(this.#parts.folder, "Cargo.toml"),
      "--target-dir",
      join(dirname(this.#parts.folder), "build"),
      "--profile",
      this.#parts.build.profile,
      ...more,
    ];
  }

  /** Notes the methods that errors are of; how many, 0 when an error is of none. */
  #blame(
    overlay: Overlay,
    errors: readonly CompileError[],
    owners: readonly (string | null)[],
  ): number {
    const blamed = errors.map((error) => ownerOf(overlay, error, owners));
    if (blamed.includes(null)) {
      return 0;
    }
    errors.forEach((error, index) => {
      const method = blamed[index];
      if (typeof method === "string") {
        this.#refused[method] ??= error.message;
      }
    });
    return blamed.length;
  }

  async #finish(
    overlay: Overlay,
    output: BuildOutput,
    startedAtMs: number,
    owners: readonly (string | null)[],
  ): Promise<Result<BuiltBridge, BuildError>> {
    const { build, folder, item } = this.#parts;
    const executable = output.artifacts
      .filter(({ target }) => target.name === overlay.programName && target.kind.includes("bin"))
      .flatMap(({ filenames }) => filenames)
      .find((file) => ["", ".exe"].includes(extname(file)));
    if (executable === undefined) {
      const message = `cargo built no program for this machine. Take build.target out of the cargo configuration.`;
      return err({ kind: "cargoFailed", exitCode: null, message });
    }
    const finished = recordBuild({
      request: build,
      libraryFile: executable,
      depInfoFile: asLibrary(build, executable).depInfoFile,
      messages: output.messages,
      startedAtMs,
    });
    const source = dirname(item.manifest_path);
    const complete: BuildRecord = {
      ...finished,
      inputs: { ...finished.inputs, [source]: fileState(source) },
    };
    const missing = await askCompiler(executable, (more) => this.#ask(overlay, owners, more));
    const built: BuiltBridge = { executable, refused: this.#refused, missing };
    return writingTarget(folder, this.#parts.request.interface, async () => {
      await writeFile(
        join(folder, "bridge.json"),
        JSON.stringify({ ...built, record: complete }, null, 1),
      );
      return ok(built);
    });
  }

  /** Compiles the package alone, with more for rustc, and gives the errors in generated code. */
  async #ask(
    overlay: Overlay,
    owners: readonly (string | null)[],
    more: readonly string[],
  ): Promise<readonly MethodError[]> {
    const output = this.#output();
    await runBuild(
      this.#parts.build,
      this.#arguments("rustc", ["--lib", "--package", this.#parts.item.name, "--", ...more]),
      output,
      this.#signal,
    );
    return output.errors.flatMap((error) => {
      const method = ownerOf(overlay, error, owners);
      return method === null ? [] : [{ method, message: error.message }];
    });
  }

  /** An error in the copy as one in the file it is a copy of; the generated lines end where the trait ends. */
  #inUserFile(overlay: Overlay, error: CompileError): CompileError {
    const { span } = error;
    const copy = packageFolderOf(overlay.folder);
    const path = span === undefined ? ".." : relative(copy, span.file);
    if (span === undefined || path.startsWith("..")) {
      return error;
    }
    const source = dirname(this.#parts.item.manifest_path);
    return { ...error, span: { ...span, file: resolve(source, path) } };
  }
}

/** The method that an error in generated code is of. */
function ownerOf(
  overlay: Overlay,
  { span }: CompileError,
  owners: readonly (string | null)[],
): string | null {
  return span !== undefined && isSameFile(span.file, overlay.traitFile)
    ? (owners[span.start.line - overlay.firstLine] ?? null)
    : null;
}

/** The methods with their types from the trait's file; raw ones need no bridge. */
async function bridgedMethods(
  schema: InterfaceSchema,
): Promise<Result<readonly BridgedMethod[], string>> {
  const { fullSpan } = schema;
  if (fullSpan === undefined) {
    return err(
      `The source of the trait ${schema.name} was not found, so there is nothing to compile.`,
    );
  }
  const text = await readRegularText(fullSpan.file, { limit: fileLimits.source });
  if (!text.ok) {
    return err(describeFileProblem(fullSpan.file, text.error));
  }
  const lines = text.value.split("\n");
  return ok(
    schema.methods
      .filter(({ wire }) => wire === "bincode")
      .flatMap((method) => {
        const { start, end } = method.fullSpan;
        const text = [
          ...lines.slice(start.line, end.line),
          (lines[end.line] ?? "").slice(0, end.character),
        ]
          .join("\n")
          .slice(start.character);
        const source = readMethodSource(text);
        return source === null
          ? []
          : [{ name: method.name, source, isResult: isSplitResult(method) }];
      }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
