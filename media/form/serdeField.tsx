// An argument whose type the source does not tell: bytes at first, with the offer to ask the compiler; then JSON whose
// problems are serde's own.

import { effect, useSignal, type Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { serdeText } from "../../src/codec/values/unknownParts.ts";
import { defaultValue } from "../../src/codec/values/defaults.ts";
import type { ArgumentSchema } from "../../src/model/schema/schema.ts";
import { JsonEditor } from "../json/jsonEditor.tsx";
import type { PanelBridge, SerdePlace } from "../../src/protocol/panelBridge.ts";
import { usePanel, type PanelStore } from "../panelStore.ts";
import { useRequest } from "../request/requestStore.ts";
import { toFormValue } from "../values/conform.ts";
import { childPointer } from "../values/pointer.ts";
import { Banner } from "../widgets/banner.tsx";
import { Field } from "./field.tsx";
import { fieldId, useValueAt } from "./fieldState.ts";
import { Message } from "./message.tsx";

/** Typing pauses that long before serde is asked. */
const checkDelayMs = 250;

interface SerdeFieldProps {
  readonly argument: ArgumentSchema;
  readonly place: SerdePlace;
  /** In place of the argument's name. */
  readonly shownName?: string;
}

export function SerdeField(props: SerdeFieldProps): JSX.Element {
  const pointer = childPointer("", props.argument.name);
  const text = serdeText(useValueAt(pointer));
  return text === undefined ? (
    <BytesWithOffer {...props} pointer={pointer} />
  ) : (
    <SerdeText {...props} pointer={pointer} text={text} />
  );
}

/** A configuration's type stands in another package than the interface's, so its bridge is another one. */
function bridgeAt({ state }: PanelStore, place: SerdePlace): PanelBridge | undefined {
  return place === "configuration" ? state.value?.instances?.bridge : state.value?.bridge;
}

type PlacedProps = SerdeFieldProps & { readonly pointer: string };

function BytesWithOffer({
  argument,
  place,
  shownName = argument.name,
  pointer,
}: PlacedProps): JSX.Element {
  const panel = usePanel();
  const request = useRequest();
  const isWanted = useSignal(false);
  const { obstacle } = panel.state.value ?? {};
  const bridge = bridgeAt(panel, place);
  const isReady = bridge?.isReady === true;

  const begin = (): void => {
    isWanted.value = false;
    void panel.extension.exampleSerde(place).then((example) => {
      request.setAt(pointer, { $serde: example ?? "null" });
    });
  };
  useEffect(() => {
    if (isWanted.value && isReady) {
      begin();
    }
  }, [isReady]);

  return (
    <div class="serde-field" data-testid="serde-field">
      <Field type={argument.type} pointer={pointer} name={shownName} depth={0} />
      {bridge === undefined ? null : (
        <Banner
          severity="info"
          testId="serde-offer"
          actions={[
            isReady
              ? { label: "Edit as JSON", testId: "serde-edit", onClick: begin }
              : {
                  label: "Ask the Compiler",
                  testId: "ask-compiler",
                  onClick: () => {
                    if ((obstacle ?? null) === null && !panel.isRunning.value) {
                      isWanted.value = true;
                    }
                    panel.extension.action(
                      place === "configuration" ? "askCompilerOfConfiguration" : "askCompiler",
                    );
                  },
                },
          ]}
        >
          {isReady
            ? "The compiler knows this type: it can be written as JSON."
            : "No source tells this type. The compiler does: it builds the type's own serde once, and the field takes JSON."}
        </Banner>
      )}
    </div>
  );
}

function SerdeText({
  argument,
  place,
  shownName = argument.name,
  pointer,
  text,
}: PlacedProps & { readonly text: string }): JSX.Element {
  const panel = usePanel();
  const request = useRequest();
  const shown = useSignal(text);
  const problem = useSignal<string | null>(null);
  shown.value = text;
  const isReady = bridgeAt(panel, place)?.isReady === true;
  useEffect(
    () =>
      checking(shown, problem, isReady, (asked) =>
        panel.extension.checkSerde({ place, text: asked }),
      ),
    [isReady, place],
  );
  const nameId = fieldId(pointer, "name");
  return (
    <div
      class="field field-block"
      role="group"
      aria-labelledby={nameId}
      data-testid="field"
      data-pointer={pointer}
    >
      <div class="field-head">
        <span class="field-name" id={nameId}>
          {shownName}
        </span>
        <code class="field-type" title={argument.type.rustType}>
          {argument.type.rustType}
        </code>
        <div class="field-actions">
          <button
            type="button"
            class="text-button"
            data-testid="serde-bytes"
            onClick={() => {
              const { types } = request;
              request.setAt(
                pointer,
                toFormValue(argument.type, types, defaultValue(argument.type, types)),
              );
            }}
          >
            Use Bytes
          </button>
        </div>
      </div>
      <JsonEditor
        label={`${shownName} as JSON`}
        testId="serde-editor"
        text={shown}
        onChange={(changed) => {
          request.setAt(pointer, { $serde: changed });
        }}
        onBlur={() => {
          request.touch(pointer);
        }}
      />
      {problem.value === null ? null : (
        <Message id={fieldId(pointer, "message")} text={problem.value} />
      )}
    </div>
  );
}

/** Asks serde about the newest text, a pause after it changed; answers that come late are dropped. */
function checking(
  text: Signal<string>,
  problem: Signal<string | null>,
  isReady: boolean,
  check: (text: string) => Promise<string | null>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const asked = text.value;
    clearTimeout(timer);
    if (isReady) {
      timer = setTimeout(() => {
        void check(asked).then((found) => {
          if (text.peek() === asked) {
            problem.value = found;
          }
        });
      }, checkDelayMs);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
