// The panel's head: which method of which plugin, what its binary's state is, its doc, and what stands in the way.

import { oneLine } from "../src/model/text/foreignText.ts";
import type { JSX } from "preact";
import type { PluginMethod, PluginSchema } from "../src/model/plugin.ts";
import type { BuildState, PanelState } from "../src/protocol/panel.ts";
import { InstanceSelector } from "./instances/instanceSelector.tsx";
import { InterfaceSelector } from "./interfaceSelector.tsx";
import { usePanel } from "./panelStore.ts";
import { Banner } from "./widgets/banner.tsx";
import { Doc } from "./widgets/doc.tsx";
import { Icon } from "./widgets/icon.tsx";
import { IconButton } from "./widgets/iconButton.tsx";
import { MenuButton } from "./widgets/menu.tsx";

export function Header({ state }: { state: PanelState }): JSX.Element {
  const panel = usePanel();
  const request = panel.request.value;
  const method = state.method ?? request?.method ?? null;
  const plugin = state.plugin ?? request?.plugin ?? null;
  return (
    <header class="head" data-testid="header">
      <div class="head-title">
        <div class="head-name">
          <h1 tabIndex={-1}>
            <TitleText title={state.title} />
          </h1>
          {method === null ? null : (
            <Badges method={method} isSlotAssumed={plugin?.library?.slotOrder === "assumed"} />
          )}
        </div>
        <HeadActions />
      </div>
      {plugin === null ? null : <Facts state={state} plugin={plugin} />}
      {method?.doc === undefined ? null : (
        <Doc class="head-doc" testId="method-doc" text={method.doc} />
      )}
      {method?.metadata === undefined ? null : (
        <ul class="facts" aria-label="Metadata" data-testid="metadata">
          {method.metadata.map(({ key, value }) => (
            <li key={key}>
              <span class="fact-name">{key}</span> <span class="mono">{value}</span>
            </li>
          ))}
        </ul>
      )}
      <Banners state={state} />
    </header>
  );
}

/** May break after `::`, so that a long title stays readable in a narrow panel. */
function TitleText({ title }: { title: string }): JSX.Element {
  const [trait = "", ...rest] = title.split("::");
  return rest.length === 0 ? (
    <span class="mono">{trait}</span>
  ) : (
    <span class="mono">
      <span class="title-trait">{trait}::</span>
      <wbr />
      {rest.join("::")}
    </span>
  );
}

function Badges({
  method,
  isSlotAssumed,
}: {
  method: PluginMethod;
  isSlotAssumed: boolean;
}): JSX.Element {
  const badges = [
    ...(method.isAsync
      ? [
          {
            text: "async",
            title: "An async method: its shim runs it to the end on a tokio runtime.",
          },
        ]
      : []),
    ...(method.wire === "raw"
      ? [{ text: "raw", title: "#[wire(raw)]: bytes pass through unchanged." }]
      : []),
    ...(method.stream === "none"
      ? []
      : [{ text: `${method.stream} stream`, title: "This method streams." }]),
    ...(method.capabilityBit === undefined
      ? []
      : [{ text: "optional", title: `Capability bit ${method.capabilityBit}` }]),
  ];
  const slot = slotOf(method, isSlotAssumed);
  return (
    <span class="badges" data-testid="badges">
      {badges.map((badge) => (
        <vscode-badge key={badge.text} title={badge.title}>
          {badge.text}
        </vscode-badge>
      ))}
      <span class="slot" title={slot.title}>
        {slot.text}
      </span>
    </span>
  );
}

/** Says little to most people, and stands there quietly. */
function slotOf(method: PluginMethod, isSlotAssumed: boolean): { text: string; title: string } {
  return isSlotAssumed
    ? {
        text: `slot ${method.slot}, assumed`,
        title:
          "A macro makes the plugin, so its impl block is not to be seen: the slot is assumed to be the trait's position.",
      }
    : {
        text: `slot ${method.slot}`,
        title:
          method.slot === method.traitIndex
            ? "Position in the vtable: the order of the impl block."
            : `Position in the vtable: the order of the impl block. The trait has the method at ${method.traitIndex}.`,
      };
}

function Facts({ state, plugin }: { state: PanelState; plugin: PluginSchema }): JSX.Element {
  return (
    <ul class="facts" aria-label="Plugin">
      <li>
        <span class="fact-name">{plugin.library === undefined ? "impl" : "plugin"}</span>{" "}
        <span class="mono" data-testid="plugin-name">
          {oneLine(plugin.name)}
        </span>
      </li>
      <li>
        <span class="fact-name">crate</span>{" "}
        <span class="mono">{oneLine(`${plugin.crate.name} ${plugin.crate.version}`)}</span>
      </li>
      {plugin.library?.file === undefined ? (
        <li>
          <span class="fact-name">profile</span> <span class="mono">{state.profile}</span>
        </li>
      ) : (
        <li>
          <span class="fact-name">library</span>{" "}
          <span class="mono" title={plugin.library.file} data-testid="library-file">
            {plugin.library.file.split(/[\\/]/u).at(-1)}
          </span>
        </li>
      )}
      <InterfaceSelector plugin={plugin} />
      {state.instances === null ? null : (
        <li>
          <InstanceSelector instances={state.instances} />
        </li>
      )}
      <li>
        <BuildFact build={state.build} />
      </li>
    </ul>
  );
}

const builds: Readonly<
  Record<BuildState, { readonly icon: string; readonly text: string; readonly title: string }>
> = {
  unknown: {
    icon: "circle-outline",
    text: "not built yet",
    title: "Nothing was built in this window yet. Invoke builds what is out of date.",
  },
  fresh: { icon: "pass", text: "up to date", title: "The binary is as new as its sources." },
  stale: { icon: "history", text: "sources changed", title: "Invoke builds the plugin first." },
  missing: { icon: "circle-outline", text: "not built", title: "Invoke builds the plugin first." },
  building: { icon: "loading", text: "building", title: "cargo is at work." },
  opened: {
    icon: "file-binary",
    text: "opened library",
    title: "Called as it is: nothing is built.",
  },
  failed: { icon: "error", text: "build failed", title: "The last build ended with an error." },
};

function BuildFact({ build }: { build: BuildState }): JSX.Element {
  const { icon, text, title } = builds[build];
  return (
    <span class={`build build-${build}`} title={title} data-testid="build-state" data-build={build}>
      <Icon name={icon} spin={build === "building"} />
      {text}
    </span>
  );
}

function HeadActions(): JSX.Element {
  const { extension } = usePanel();
  return (
    <div class="head-actions" role="group" aria-label="Method">
      <IconButton
        icon="go-to-file"
        label="Go to Implementation"
        testId="go-to-impl"
        onClick={() => {
          extension.action("goToImpl");
        }}
      />
      <MenuButton
        label="More Actions"
        icon="ellipsis"
        isCompact
        testId="more"
        items={[
          {
            id: "trait",
            label: "Go to Trait",
            onSelect: () => {
              extension.action("goToTrait");
            },
          },
          {
            id: "build",
            label: "Build Plugin",
            onSelect: () => {
              extension.action("buildPlugin");
            },
          },
          {
            id: "restart",
            label: "Restart Host",
            onSelect: () => {
              extension.action("restartHost");
            },
          },
          {
            id: "log",
            label: "Show Log",
            onSelect: () => {
              extension.action("showLog");
            },
          },
          {
            id: "settings",
            label: "Open Settings",
            onSelect: () => {
              extension.action("openSettings");
            },
          },
        ]}
      />
    </div>
  );
}

function Banners({ state }: { state: PanelState }): JSX.Element {
  const { extension, channelError } = usePanel();
  const { obstacle, asyncFix } = state;
  const action = obstacle?.action ?? null;
  return (
    <div class="banners">
      {obstacle === null && (state.plugin === null || state.method === null) ? (
        <Banner severity="warning" testId="method-gone">
          This method no longer exists in the source. What you entered is kept.
        </Banner>
      ) : null}
      {obstacle === null ? null : (
        <Banner
          severity="warning"
          testId="obstacle"
          id="obstacle"
          actions={
            action === null
              ? []
              : [
                  {
                    label: action.label,
                    testId: "obstacle-action",
                    onClick: () => {
                      extension.action(action.id);
                    },
                  },
                ]
          }
        >
          {obstacle.message}
        </Banner>
      )}
      {state.openStreams.map(({ target, title, instance }) => (
        <Banner
          key={`${target.pluginId} ${target.method}`}
          severity="info"
          testId="open-stream"
          actions={[
            {
              label: "Show Stream",
              testId: "open-stream-show",
              onClick: () => {
                extension.showStream(target);
              },
            },
          ]}
        >
          The stream <span class="mono">{title}</span>
          {instance === null ? null : (
            <>
              {" "}
              on <span class="mono">{instance}</span>
            </>
          )}{" "}
          is open and takes turns with calls of its plugin.
        </Banner>
      ))}
      {asyncFix === null ? null : (
        <Banner
          severity="info"
          testId="async-fix"
          actions={[
            {
              label: "Add the Feature",
              testId: "async-fix-action",
              onClick: () => {
                extension.action("addAsyncFeature");
              },
            },
          ]}
        >
          {asyncFix.message}
        </Banner>
      )}
      {channelError.value === null ? null : (
        <Banner
          severity="error"
          testId="channel-error"
          actions={[
            {
              label: "Show Log",
              onClick: () => {
                extension.action("showLog");
              },
            },
          ]}
        >
          The extension could not do this: {channelError.value}
        </Banner>
      )}
    </div>
  );
}
