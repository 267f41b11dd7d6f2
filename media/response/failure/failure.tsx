// What failed and what to do about it: one card per kind of outcome that has no value.

import { manyLines, oneLine } from "../../../src/model/text/foreignText.ts";
import type { ComponentChildren, JSX } from "preact";
import type {
  BuildFailure,
  CallOutcome,
  CallResult,
  CompileError,
  PanicReport,
  SignatureDifference,
} from "../../../src/model/outcome.ts";
import { assertNever } from "../../../src/model/result.ts";
import type { PanelActionId } from "../../../src/protocol/panel.ts";
import { usePanel } from "../../panelStore.ts";
import { focusProblem } from "../../request/focusProblem.ts";
import { pointerLabel } from "../../values/pointer.ts";
import { UnfitValuesCard } from "../../instances/unfitValuesCard.tsx";
import { Backtrace } from "./backtrace.tsx";
import { LogText, SourceLink } from "../logView.tsx";

type Failure = Exclude<
  CallResult,
  { kind: "ok" | "instanceBuilt" | "streamEnded" | "pluginError" }
>;
type Crash = Extract<CallResult, { kind: "crashed" }>;

interface FailureCardProps {
  readonly outcome: CallOutcome;
  readonly result: Failure;
}

export function FailureCard({ outcome, result }: FailureCardProps): JSX.Element {
  switch (result.kind) {
    case "panic":
      return <PanicCard panic={result.panic} />;
    case "crashed":
      return <CrashCard outcome={outcome} result={result} />;
    case "timedOut":
      return <TimeoutCard outcome={outcome} />;
    case "cancelled":
      return (
        <Card actions={[]}>
          <p>What ran was ended for real. The next call starts a new host process.</p>
          <LastLines outcome={outcome} />
        </Card>
      );
    case "buildFailed":
      return <BuildCard failure={result.failure} />;
    case "loadFailed":
      return <MessageCard message={result.failure.message} actions={rebuildActions} />;
    case "interfaceChanged":
      return <InterfaceCard result={result} />;
    case "invalidArguments":
      return <ProblemsCard result={result} />;
    case "invalidConfiguration":
      return <UnfitValuesCard whole="configuration" problems={result.problems} />;
    case "invalidHostFunctions":
      return <UnfitValuesCard whole="host functions" problems={result.problems} />;
    case "wireError":
      return <MessageCard message={result.message} actions={rebuildActions} />;
    case "notImplemented":
      return <MessageCard message={result.message} actions={sourceActions} />;
    case "unsupported":
    case "busy":
      return <MessageCard message={result.message} actions={[]} />;
    default:
      return assertNever(result);
  }
}

interface CardAction {
  readonly id: PanelActionId;
  readonly label: string;
}

const rebuildActions: readonly CardAction[] = [
  { id: "buildPlugin", label: "Build Plugin" },
  { id: "showLog", label: "Show Log" },
];
const sourceActions: readonly CardAction[] = [
  { id: "goToImpl", label: "Go to Implementation" },
  { id: "goToTrait", label: "Go to Trait" },
];

interface MessageCardProps {
  readonly message: string;
  readonly actions: readonly CardAction[];
}

function MessageCard({ message, actions }: MessageCardProps): JSX.Element {
  return (
    <Card actions={actions}>
      <p data-testid="failure-message">{manyLines(message)}</p>
    </Card>
  );
}

function TimeoutCard({ outcome }: { outcome: CallOutcome }): JSX.Element {
  return (
    <Card
      actions={[
        { id: "invokeWithoutLimit", label: "Invoke Without Limit" },
        { id: "invokeDebugged", label: "Debug This Call" },
        { id: "showPluginOutput", label: "Show Plugin Output" },
      ]}
    >
      <p>The host process was ended. Fidius has no way to interrupt a call.</p>
      <p>Set a longer limit under Run options, above the Invoke button.</p>
      <LastLines outcome={outcome} />
    </Card>
  );
}

function Card(props: { actions: readonly CardAction[]; children: ComponentChildren }): JSX.Element {
  const { extension } = usePanel();
  return (
    <div class="failure" data-testid="failure">
      {props.children}
      {props.actions.length === 0 ? null : (
        <div class="actions">
          {props.actions.map((action) => (
            <vscode-button
              key={action.id}
              secondary
              data-testid={`action-${action.id}`}
              onClick={() => {
                extension.action(action.id);
              }}
            >
              {action.label}
            </vscode-button>
          ))}
        </div>
      )}
    </div>
  );
}

const noBacktraceActions: readonly CardAction[] = [
  { id: "invokeWithBacktrace", label: "Run Again With Backtrace" },
];

function PanicCard({ panic }: { panic: PanicReport }): JSX.Element {
  return (
    <Card
      actions={[
        { id: "goToImpl", label: "Go to Implementation" },
        { id: "showPluginOutput", label: "Show Plugin Output" },
        { id: "invokeDebugged", label: "Debug This Call" },
        ...(panic.backtrace === undefined ? noBacktraceActions : []),
      ]}
    >
      <pre class="failure-text mono" data-testid="failure-message">
        {manyLines(panic.message)}
      </pre>
      <Backtrace panic={panic} />
    </Card>
  );
}

function CrashCard({ outcome, result }: { outcome: CallOutcome; result: Crash }): JSX.Element {
  const { death, panic } = result;
  return (
    <Card
      actions={[
        { id: "showPluginOutput", label: "Show Plugin Output" },
        { id: "goToImpl", label: "Go to Implementation" },
        { id: "invokeDebugged", label: "Debug This Call" },
        ...(panic !== undefined && panic.backtrace === undefined ? noBacktraceActions : []),
      ]}
    >
      <p data-testid="failure-message">{manyLines(death.message)}</p>
      {panic === undefined ? null : (
        <section aria-label="Panic before it" data-testid="crash-panic">
          <p>
            It panicked before
            {panic.location === undefined ? null : (
              <>
                {" at "}
                <SourceLink location={panic.location} />
              </>
            )}
            :
          </p>
          <pre class="failure-text mono">{manyLines(panic.message)}</pre>
          <Backtrace panic={panic} />
        </section>
      )}
      <p>The editor is not affected. The host restarts on the next call.</p>
      <LastLines outcome={outcome} />
    </Card>
  );
}

const shownLines = 12;

/** The last lines that the plugin printed: often the reason. */
function LastLines({ outcome }: { outcome: CallOutcome }): JSX.Element | null {
  const lines = (outcome.output.stderr || outcome.output.stdout).trimEnd().split("\n");
  const last = lines.slice(-shownLines).join("\n");
  return last === "" ? null : (
    <>
      <h3 class="log-name">Last output</h3>
      <LogText text={last} testId="last-output" />
    </>
  );
}

function BuildCard({ failure }: { failure: BuildFailure }): JSX.Element {
  switch (failure.kind) {
    case "compileErrors": {
      const [first] = failure.errors;
      return (
        <Card
          actions={[
            { id: "showProblems", label: "Show Problems" },
            { id: "showLog", label: "Show Log" },
          ]}
        >
          {first === undefined ? null : <CompileErrorText error={first} />}
          {failure.errorCount > 1 ? (
            <p class="hint">The first of {failure.errorCount} errors. Nothing was called.</p>
          ) : (
            <p class="hint">Nothing was called.</p>
          )}
        </Card>
      );
    }
    case "cargoNotFound":
      return (
        <MessageCard
          message={failure.message}
          actions={[
            { id: "openSettings", label: "Open Settings" },
            { id: "showLog", label: "Show Log" },
          ]}
        />
      );
    case "cargoFailed":
      return (
        <Card actions={[{ id: "showLog", label: "Show Log" }]}>
          <LogText text={failure.message} testId="failure-message" isWrapped={false} />
          <p class="hint">
            cargo ended {failure.exitCode === null ? "early" : `with code ${failure.exitCode}`}.
            Nothing was called.
          </p>
        </Card>
      );
    case "folderUnusable":
      return (
        <MessageCard message={failure.message} actions={[{ id: "showLog", label: "Show Log" }]} />
      );
    case "noLibrary":
      return (
        <MessageCard
          message={failure.message}
          actions={[
            { id: "goToImpl", label: "Go to Implementation" },
            { id: "showLog", label: "Show Log" },
          ]}
        />
      );
    default:
      return assertNever(failure);
  }
}

function CompileErrorText({ error }: { error: CompileError }): JSX.Element {
  const { span } = error;
  return (
    <>
      <p class="compile-error" data-testid="failure-message">
        {error.code === undefined ? null : <span class="code-chip">{error.code}</span>}
        <strong>{manyLines(error.message)}</strong>
      </p>
      {span === undefined ? null : (
        <p>
          <SourceLink
            location={{
              file: span.file,
              line: span.start.line + 1,
              column: span.start.character + 1,
            }}
          />
        </p>
      )}
      <LogText text={error.rendered.trimEnd()} testId="rendered-error" isWrapped={false} />
    </>
  );
}

function InterfaceCard({
  result,
}: {
  result: Extract<CallResult, { kind: "interfaceChanged" }>;
}): JSX.Element {
  return (
    <Card
      actions={[
        { id: "buildPlugin", label: "Build Plugin" },
        { id: "goToTrait", label: "Go to Trait" },
      ]}
    >
      <p>
        The binary was built from another version of the trait, so nothing was called. Hash in
        source <span class="mono">{result.sourceHash}</span>, in the binary{" "}
        <span class="mono">{result.binaryHash}</span>.
      </p>
      {result.differences.length === 0 ? (
        <p>Which signature differs is not known.</p>
      ) : (
        <ul class="differences" data-testid="differences">
          {result.differences.map((difference) => (
            <DifferenceItem key={difference.method} difference={difference} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const absent: Readonly<Record<SignatureDifference["change"], string>> = {
  added: "not there",
  removed: "not there",
  changed: "differs",
  unknown: "not known",
};

function DifferenceItem({ difference }: { difference: SignatureDifference }): JSX.Element {
  const signature = (text: string | undefined) =>
    text === undefined ? (
      <span class="hint">{absent[difference.change]}</span>
    ) : (
      <code class="mono">{text}</code>
    );
  return (
    <li>
      {difference.method === "" ? (
        <strong>Other methods</strong>
      ) : (
        <strong class="mono">{difference.method}</strong>
      )}{" "}
      <span class="hint">{difference.change}</span>
      <dl>
        <dt>In the binary</dt>
        <dd>{signature(difference.binarySignature)}</dd>
        <dt>In the source</dt>
        <dd>{signature(difference.sourceSignature)}</dd>
      </dl>
    </li>
  );
}

function ProblemsCard({
  result,
}: {
  result: Extract<CallResult, { kind: "invalidArguments" }>;
}): JSX.Element {
  const panel = usePanel();
  return (
    <Card actions={[]}>
      <ul class="problem-list" data-testid="failure-message">
        {result.problems.map((problem) => (
          <li key={problem.pointer}>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                const request = panel.request.value;
                if (request !== null) {
                  focusProblem(panel, request, problem.pointer);
                }
              }}
            >
              {pointerLabel(problem.pointer) || "arguments"}
            </button>{" "}
            {oneLine(problem.message)}
          </li>
        ))}
      </ul>
    </Card>
  );
}
