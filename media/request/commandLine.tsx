// The command line that makes the call that Invoke makes, as it stands: for a terminal, a script, a report.

import type { JSX } from "preact";
import { commandLine, type Shell } from "../../src/copyAs/shell.ts";
import { readRunOptions } from "../../src/model/runOptions.ts";
import type { PanelState } from "../../src/protocol/panel.ts";
import { usePanel } from "../panelStore.ts";
import { Disclosure } from "../widgets/disclosure.tsx";
import { Icon } from "../widgets/icon.tsx";
import { Segments } from "../widgets/segments.tsx";
import { useRequest, type RequestStore } from "./requestStore.ts";

export function CommandLine(): JSX.Element | null {
  const panel = usePanel();
  const request = useRequest();
  const state = panel.state.value;
  const shell = panel.shell.value;
  const isOpen = panel.showsCommandLine;
  const line = state === null ? undefined : lineOf(state, request, shell);
  if (line === undefined) {
    return null;
  }
  return (
    <div class="command-line">
      <Disclosure isOpen={isOpen} testId="command-line" controls="command-line">
        <span>Command line</span>
        {isOpen.value ? null : <span class="hint mono command-line-short">{shortened(line)}</span>}
      </Disclosure>
      {isOpen.value ? (
        <div class="command-line-body" id="command-line">
          <pre class="mono" tabIndex={0} aria-label="Command line" data-testid="command-line-text">
            {line}
          </pre>
          <div class="command-line-actions">
            <Segments
              name="shell"
              label="Shell"
              testId="shell"
              segments={[
                { value: "bash", label: "bash" },
                { value: "powershell", label: "PowerShell" },
              ]}
              value={shell}
              onChange={(value) => {
                panel.shell.value = value === "bash" ? "bash" : "powershell";
              }}
            />
            <button
              type="button"
              class="text-button"
              data-testid="copy-command-line"
              onClick={() => {
                panel.extension.copyText(line);
              }}
            >
              <Icon name="copy" />
              Copy
            </button>
          </div>
          {state === null || state.settingsApart.length === 0 ? null : (
            <p class="hint" data-testid="settings-apart">
              fidius-call knows nothing of these settings, which hold here:{" "}
              <span class="mono">{state.settingsApart.join(", ")}</span>.
            </p>
          )}
        </div>
      ) : null}
    </div>
  );
}

const shortLength = 300;

/** Enough for a line: what a narrow panel cuts off, the open view shows. */
function shortened(line: string): string {
  const first = line.slice(0, shortLength).replaceAll("\n", " ");
  return line.length > shortLength ? `${first}…` : first;
}

/** Undefined where nothing can be called as it stands. */
function lineOf(state: PanelState, request: RequestStore, shell: Shell): string | undefined {
  const { plugin } = state;
  const { options, problems } = readRunOptions(request.options.value);
  if (plugin === null || request.textProblems.value.length > 0 || problems.size > 0) {
    return undefined;
  }
  const seconds = request.timeoutSeconds.value ?? state.defaultTimeoutSeconds;
  const { instances } = state;
  const instance = instances?.list.find(({ id }) => id === instances.selected);
  return commandLine(
    {
      method: `${plugin.crate.name}/${plugin.name}.${request.method.name}`,
      manifestPath: plugin.crate.manifestPath,
      library: plugin.library?.file ?? null,
      profile: options.profile ?? state.profile,
      arguments: request.jsonText.value,
      configuration: instance === undefined ? null : JSON.stringify(instance.configuration),
      timeoutMs: seconds > 0 ? Math.round(seconds * 1000) : null,
      options: {
        ...options,
        memoryLimit: options.memoryLimit === null ? "none" : (options.memoryLimit ?? null),
      },
    },
    shell,
  );
}
