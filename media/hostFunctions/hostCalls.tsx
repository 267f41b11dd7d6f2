// What a plugin asked of its host during a call, and what it got.

import { oneLine } from "../../src/model/text/foreignText.ts";
import type { JSX } from "preact";
import { formatArguments, formatJson } from "../../src/codec/json/formatJson.ts";
import type { HostFunctionCall, HostFunctionLog } from "../../src/model/hostFunctions.ts";
import type { HostInterfaceSchema, MethodSchema } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import { usePanel } from "../panelStore.ts";
import { durationText, sizeText } from "../../src/codec/text/measures.ts";
import { Banner } from "../widgets/banner.tsx";

/** Says which host interfaces were asked for in vain, with the way to set them up. */
export function UnboundBanner({ log }: { log: HostFunctionLog | undefined }): JSX.Element | null {
  const panel = usePanel();
  const names = log?.unbound ?? [];
  return names.length === 0 ? null : (
    <Banner
      severity="warning"
      testId="unbound"
      actions={[
        {
          label: "Set Up Host Functions",
          testId: "set-up-host-functions",
          onClick: () => {
            panel.narrowTab.value = "request";
            panel.hostFunctions.reveal();
          },
        },
      ]}
    >
      The plugin asked for host interface {names.join(", ")}, which is not set up.
    </Banner>
  );
}

interface HostCallsProps {
  readonly log: HostFunctionLog;
  readonly interfaces: readonly HostInterfaceSchema[];
}

export function HostCalls({ log, interfaces }: HostCallsProps): JSX.Element | null {
  return log.calls.length === 0 ? null : (
    <section class="host-calls" aria-labelledby="host-calls-heading" data-testid="host-calls">
      <h3 id="host-calls-heading">Host calls</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Function</th>
            <th scope="col">Arguments</th>
            <th scope="col">Answer</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {log.calls.map((call) => (
            <HostCallRow key={call.order} call={call} interfaces={interfaces} />
          ))}
        </tbody>
      </table>
      {log.droppedCalls === 0 ? null : (
        <p class="hint">{log.droppedCalls} more calls are not shown.</p>
      )}
    </section>
  );
}

function HostCallRow({
  call,
  interfaces,
}: {
  call: HostFunctionCall;
  interfaces: readonly HostInterfaceSchema[];
}): JSX.Element {
  const schema = interfaces.find(({ name }) => name === call.interfaceName);
  const method = schema?.methods.find(({ name }) => name === call.functionName);
  const types = schema?.types ?? {};
  return (
    <tr data-reply={call.reply.kind}>
      <td>{call.order}</td>
      <td class="mono">
        {oneLine(call.interfaceName)}::
        <wbr />
        {oneLine(call.functionName)}
      </td>
      <td class="mono">{argumentText(call, method, types)}</td>
      <td class="mono">{answerText(call, method, types)}</td>
      <td>{call.reply.kind === "none" ? "" : durationText(call.durationMs)}</td>
    </tr>
  );
}

function argumentText(
  call: HostFunctionCall,
  method: MethodSchema | undefined,
  types: TypeTable,
): string {
  return call.arguments === null || method === undefined
    ? sizeText(call.argumentBytes)
    : formatArguments(method, types, call.arguments, 0);
}

function answerText(
  { reply }: HostFunctionCall,
  method: MethodSchema | undefined,
  types: TypeTable,
): string {
  switch (reply.kind) {
    case "value": {
      if (method === undefined) {
        return JSON.stringify(reply.value);
      }
      const { returns } = method;
      const type = returns.kind === "result" ? returns.success : returns.type;
      return formatJson(type, types, reply.value, 0);
    }
    case "error":
      return oneLine(`PluginError ${reply.error.code}: ${reply.error.message}`);
    case "panic":
      return oneLine(`panic: ${reply.message}`);
    case "refused":
      return reply.message;
    case "bytes":
      return sizeText(reply.length);
    case "none":
      return "no answer: the process ended first";
  }
}
