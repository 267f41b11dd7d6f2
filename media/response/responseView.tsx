// The response column: headline first, then the value as tree, JSON and bytes, and what the plugin printed.

import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { formatJson } from "../../src/codec/formatJson.ts";
import type { ByteRange, CallOutcome, CallResult } from "../../src/model/outcome.ts";
import type { TypeSchema, TypeTable } from "../../src/model/schema.ts";
import type { JsonValue } from "../../src/model/value.ts";
import { parseJson } from "../../src/model/losslessJson.ts";
import { JsonEditor } from "../json/jsonEditor.tsx";
import { usePanel, type ShownOutcome } from "../panelStore.ts";
import { Icon } from "../widgets/icon.tsx";
import { TabList, TabPanel, type Tab } from "../widgets/tabs.tsx";
import type { ResponseTab } from "../panelStore.ts";
import { bytesToHex } from "../values/bytesText.ts";
import { pointerLabel } from "../values/pointer.ts";
import { FailureCard } from "./failure.tsx";
import { headlineOf, measuredText, timingParts } from "./headline.ts";
import { HexView } from "./hexView.tsx";
import { lineCount, LogsTab, SourceLink } from "./logView.tsx";
import { Progress } from "./progress.tsx";
import { plainNode, typedNode, type TreeNode } from "./treeNode.ts";
import { ValueTree } from "./valueTree.tsx";

export function ResponseView(): JSX.Element {
  const { isRunning, outcome } = usePanel();
  const shown = outcome.value;
  return (
    <section
      class="pane response"
      id="narrow-panel-response"
      aria-labelledby="response-heading"
      data-testid="response"
    >
      {isRunning.value ? (
        <>
          <div class="pane-head">
            <h2 id="response-heading">Response</h2>
          </div>
          <div class="pane-body">
            <Progress />
          </div>
        </>
      ) : shown === null ? (
        <BeforeFirstCall />
      ) : (
        <OutcomeView key={shown.serial} shown={shown} />
      )}
    </section>
  );
}

function BeforeFirstCall(): JSX.Element {
  return (
    <>
      <div class="pane-head">
        <h2 id="response-heading">Response</h2>
      </div>
      <div class="pane-body">
        <div class="empty" data-testid="empty-response">
          <Icon name="play-circle" />
          <p>Invoke calls the method in a process of its own and shows what it returns.</p>
          <p>It builds the plugin first when the sources are newer than the binary.</p>
          <p>What you enter is kept per method, also when you close the panel.</p>
        </div>
      </div>
    </>
  );
}

function OutcomeView({ shown }: { shown: ShownOutcome }): JSX.Element {
  const { responseTab } = usePanel();
  const { outcome } = shown;
  const body = useMemo(() => bodyOf(shown), [shown]);
  const logs = lineCount(outcome.output);
  const tabs: Tab<ResponseTab>[] = [
    { id: "value", label: body.isValue ? "Tree" : "Result", title: "Alt+3" },
    ...(body.json === undefined ? [] : [{ id: "json", label: "JSON", title: "Alt+4" } as const]),
    ...(body.bytes === undefined ? [] : [{ id: "hex", label: "Hex", title: "Alt+5" } as const]),
    {
      id: "logs",
      label: "Logs",
      title: "Alt+6",
      badge: logs === 0 ? undefined : logs.toLocaleString("en"),
    },
  ];
  const selected = tabs.some((tab) => tab.id === responseTab.value) ? responseTab.value : "value";
  const scrolled = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    scrolled.current?.scrollTo({ top: 0 });
  }, [selected]);
  return (
    <>
      <div class="pane-head">
        <h2 id="response-heading">Response</h2>
        <TabList
          name="response"
          label="Response as"
          tabs={tabs}
          selected={selected}
          onSelect={(id) => {
            responseTab.value = id;
          }}
        />
      </div>
      <div class="pane-body" ref={scrolled}>
        <HeadlineRow shown={shown} />
        <Notes outcome={outcome} />
        <TabPanel name="response" tab="value" isSelected={selected === "value"}>
          <ResultBody shown={shown} body={body} />
        </TabPanel>
        <TabPanel name="response" tab="json" isSelected={selected === "json"}>
          <JsonResult format={body.json ?? (() => "")} />
        </TabPanel>
        <TabPanel name="response" tab="hex" isSelected={selected === "hex"}>
          <HexView
            bytes={body.bytes ?? new Uint8Array()}
            ranges={body.ranges}
            totalBytes={outcome.measurements.outputBytes ?? body.bytes?.length ?? 0}
            markedOffset={outcome.result.kind === "wireError" ? outcome.result.offset : undefined}
          />
        </TabPanel>
        <TabPanel name="response" tab="logs" isSelected={selected === "logs"}>
          <LogsTab output={outcome.output} />
        </TabPanel>
      </div>
      <Timing outcome={outcome} />
    </>
  );
}

function HeadlineRow({ shown }: { shown: ShownOutcome }): JSX.Element {
  const { outcome } = shown;
  const headline = headlineOf(outcome.result, shown.plugin?.name ?? "the plugin");
  const measured = measuredText(outcome);
  const isCold = outcome.measurements.loadMs !== undefined && outcome.result.kind === "ok";
  return (
    <div class={`headline headline-${headline.state}`} data-testid="headline">
      <Icon name={headline.icon} />
      <strong data-testid="headline-text">{headline.text}</strong>
      {headline.location === undefined ? null : <SourceLink location={headline.location} />}
      {headline.code === undefined ? null : (
        <span class="code-chip" data-testid="error-code">
          {headline.code}
        </span>
      )}
      {measured === "" ? null : (
        <span class="headline-measured" data-testid="measured">
          {measured}
        </span>
      )}
      {isCold ? (
        <span class="hint" title="The first call after loading the library">
          cold
        </span>
      ) : null}
    </div>
  );
}

function Notes({ outcome }: { outcome: CallOutcome }): JSX.Element | null {
  return outcome.notes.length === 0 ? null : (
    <ul class="notes" data-testid="notes">
      {outcome.notes.map((note) => (
        <li key={note}>
          <Icon name="info" />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
}

interface OutcomeBody {
  /** The typed tree of a value or of an error's value. */
  readonly tree: TreeNode | undefined;
  readonly isValue: boolean;
  /** Made when its tab is opened: it may be long. */
  readonly json: (() => string) | undefined;
  readonly bytes: Uint8Array | undefined;
  readonly ranges: readonly ByteRange[];
}

function bodyOf({ outcome, method, plugin }: ShownOutcome): OutcomeBody {
  const { result } = outcome;
  const types = plugin?.types ?? {};
  const none = { tree: undefined, isValue: false, json: undefined, ranges: [] };
  if (result.kind === "ok") {
    const type =
      method === null
        ? undefined
        : method.returns.kind === "result"
          ? method.returns.success
          : method.returns.type;
    return {
      ...valueBody(type, types, result.value),
      isValue: true,
      bytes: asBytes(result.bytes),
      ranges: result.ranges,
    };
  }
  if (result.kind === "pluginError") {
    const type = method?.returns.kind === "result" ? method.returns.failure : undefined;
    const isTyped = type !== undefined && type.kind !== "unknown";
    return {
      ...valueBody(isTyped ? type : undefined, types, result.value),
      isValue: false,
      bytes: asBytes(result.bytes),
      ranges: [],
    };
  }
  const bytes = result.kind === "wireError" ? result.bytes : undefined;
  return { ...none, bytes: bytes === undefined ? undefined : asBytes(bytes) };
}

function valueBody(
  type: TypeSchema | undefined,
  types: TypeTable,
  value: JsonValue,
): Pick<OutcomeBody, "tree" | "json"> {
  return type === undefined
    ? { tree: plainNode(value), json: () => JSON.stringify(value, null, 2) }
    : { tree: typedNode(type, types, value), json: () => formatJson(type, types, value, 2) };
}

/** Some webviews hand a typed array over as a plain object of its numbers. */
function asBytes(bytes: Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : Uint8Array.from(Object.values(bytes));
}

function ResultBody({ shown, body }: { shown: ShownOutcome; body: OutcomeBody }): JSX.Element {
  const { result } = shown.outcome;
  if (result.kind === "ok") {
    return <TreeResult body={body} label="Result" />;
  }
  if (result.kind === "pluginError") {
    return <PluginErrorBody result={result} body={body} />;
  }
  return <FailureCard outcome={shown.outcome} result={result} />;
}

function TreeResult({ body, label }: { body: OutcomeBody; label: string }): JSX.Element | null {
  const { selectedPointer, extension } = usePanel();
  if (body.tree === undefined) {
    return null;
  }
  return (
    <>
      <ValueTree
        root={body.tree}
        label={label}
        testId="tree"
        selectedPointer={selectedPointer.value}
        onSelect={(node) => {
          selectedPointer.value = node.pointer;
        }}
        onCopy={(node) => {
          extension.copyText(copiedText(node));
        }}
      />
      <ByteStrip body={body} />
    </>
  );
}

/** A string is copied as its text, long integers as bare digits, all else as JSON. */
function copiedText({ value }: TreeNode): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

const stripBytes = 16;

/** The bytes of the selected part, under the tree. */
function ByteStrip({ body }: { body: OutcomeBody }): JSX.Element | null {
  const { selectedPointer, responseTab } = usePanel();
  const range = body.ranges.find((each) => each.pointer === selectedPointer.value);
  if (range === undefined || body.bytes === undefined) {
    return null;
  }
  const size = range.end - range.start;
  const shown = body.bytes.subarray(range.start, Math.min(range.end, range.start + stripBytes));
  return (
    <div class="byte-strip" data-testid="byte-strip">
      <span class="byte-strip-name">{pointerLabel(range.pointer) || "whole value"}</span>
      <span class="hint">
        {size.toLocaleString("en")} {size === 1 ? "byte" : "bytes"} at {range.start}
      </span>
      <code class="mono">
        {bytesToHex(shown)}
        {size > stripBytes ? " …" : ""}
      </code>
      <button
        type="button"
        class="link-button"
        data-testid="show-in-hex"
        onClick={() => {
          responseTab.value = "hex";
        }}
      >
        Show in Hex
      </button>
    </div>
  );
}

function PluginErrorBody({
  result,
  body,
}: {
  result: Extract<CallResult, { kind: "pluginError" }>;
  body: OutcomeBody;
}): JSX.Element {
  const { extension } = usePanel();
  const { error } = result;
  return (
    <div class="failure" data-testid="failure">
      {error === undefined ? (
        <TreeResult body={body} label="Error value" />
      ) : (
        <>
          <p class="failure-text" data-testid="failure-message">
            {error.message}
          </p>
          {error.details === null ? null : <Details text={error.details} />}
        </>
      )}
      <div class="actions">
        <vscode-button
          secondary
          data-testid="action-goToImpl"
          onClick={() => {
            extension.action("goToImpl");
          }}
        >
          Go to Implementation
        </vscode-button>
      </div>
    </div>
  );
}

/** A PluginError's details: a tree when they are JSON, else the text. */
function Details({ text }: { text: string }): JSX.Element {
  const { extension, selectedPointer } = usePanel();
  const parsed = useMemo(() => parseJson(text), [text]);
  const isTree = parsed.ok && typeof parsed.value.value === "object" && parsed.value.value !== null;
  return (
    <section aria-label="Details">
      <h3 class="log-name">Details</h3>
      {isTree ? (
        <ValueTree
          root={plainNode(parsed.value.value, "details")}
          label="Details"
          testId="details-tree"
          selectedPointer={selectedPointer.value}
          onSelect={(node) => {
            selectedPointer.value = node.pointer;
          }}
          onCopy={(node) => {
            extension.copyText(JSON.stringify(node.value, null, 2));
          }}
        />
      ) : (
        <pre class="failure-text mono" data-testid="details-text">
          {text}
        </pre>
      )}
    </section>
  );
}

function JsonResult({ format }: { format: () => string }): JSX.Element {
  const json = useMemo(format, [format]);
  const { extension } = usePanel();
  return (
    <div class="json-tab">
      <div class="tree-tools">
        <button
          type="button"
          class="text-button"
          data-testid="copy-json"
          onClick={() => {
            extension.copyText(json);
          }}
        >
          Copy JSON
        </button>
      </div>
      <JsonEditor label="Result as JSON" testId="result-json" text={json} />
    </div>
  );
}

function Timing({ outcome }: { outcome: CallOutcome }): JSX.Element {
  return (
    <dl class="timing" aria-label="Timing" data-testid="timing">
      {timingParts(outcome.measurements).map((part) => (
        <div key={part.name}>
          <dt>{part.name}</dt>
          <dd class="mono">{part.text}</dd>
        </div>
      ))}
    </dl>
  );
}
