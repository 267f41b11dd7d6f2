// The next item of a stream's input: a form of the item's type, there before the stream is open, and then Send, Send File… and Finish
// Input.

import { h, type JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { unknownReason } from "../../src/codec/values/unknownParts.ts";
import { inputItemArgument, inputItemMethod } from "../../src/codec/method/streamItems.ts";
import { hasSameTypes } from "../draft/sameTypes.ts";
import { Control } from "../form/control.tsx";
import { Field } from "../form/field.tsx";
import { SerdeField } from "../form/serdeField.tsx";
import { FormPartsContext, type FormParts } from "../form/formParts.ts";
import { usePanel, type PanelStore } from "../panelStore.ts";
import { RequestContext, RequestStore } from "../request/requestStore.ts";
import { childPointer } from "../values/pointer.ts";

const formParts: FormParts = { Field, Control };

/** The form of the next item; null where the method takes none. */
function ItemForm(): JSX.Element | null {
  const panel = usePanel();
  const { stream, request } = panel;
  const method = request.value?.method;
  useLayoutEffect(() => {
    openComposer(panel);
  }, [method]);
  const composer = stream.composer.value;
  const type = composer?.method.arguments[0]?.type;
  if (composer === null || type === undefined) {
    return null;
  }
  const name = method?.streamArgument?.name ?? "item";
  return h(
    RequestContext.Provider,
    { value: composer },
    h(
      FormPartsContext.Provider,
      { value: formParts },
      unknownReason(type, composer.types) === undefined ? (
        <Field type={type} pointer={childPointer("", inputItemArgument)} name={name} depth={0} />
      ) : (
        <SerdeField
          argument={{ name: inputItemArgument, type }}
          shownName={name}
          place="streamArgument"
        />
      ),
    ),
  );
}

/** Before the stream is open: what it takes, and its first item as far as it is written. */
export function FirstItem(): JSX.Element | null {
  const { isRunning, request } = usePanel();
  if (isRunning.value || request.value?.method.streamArgument === undefined) {
    return null;
  }
  return (
    <section class="stream-input" aria-label="First item of the stream" data-testid="first-item">
      <p class="hint">
        The method takes a stream of these. Invoke opens it; then each item is sent from here, the
        first as it is written now.
      </p>
      <ItemForm />
    </section>
  );
}

export function Composer({ isFinished }: { isFinished: boolean }): JSX.Element | null {
  const panel = usePanel();
  const { stream, extension } = panel;
  const composer = stream.composer.value;
  return (
    <div class="stream-composer" data-testid="composer">
      {isFinished ? (
        <p class="hint">The input is finished: the plugin gets no more items.</p>
      ) : (
        <>
          <ItemForm />
          <div class="stream-tools">
            <button
              type="button"
              class="text-button"
              data-testid="stream-send"
              onClick={() => {
                if (composer !== null) {
                  void send(panel, composer);
                }
              }}
            >
              Send
            </button>
            <button
              type="button"
              class="text-button"
              data-testid="stream-send-file"
              title="Sends each line of an NDJSON file as one item"
              onClick={() => {
                void extension.streamSendFile().then((problem) => {
                  stream.problem.value = problem;
                });
              }}
            >
              Send File…
            </button>
            <button
              type="button"
              class="text-button"
              data-testid="stream-finish"
              title="Ends the plugin's input stream; its method goes on"
              onClick={() => {
                extension.streamCommand({ kind: "finishInput" });
              }}
            >
              Finish Input
            </button>
          </div>
        </>
      )}
      {stream.problem.value === null ? null : (
        <p class="stream-problem" role="alert" data-testid="stream-problem">
          {stream.problem.value}
        </p>
      )}
    </div>
  );
}

/** The composer of the shown method: what was typed stays while it is the same one. */
function openComposer({ request, stream }: PanelStore): void {
  const open = request.value;
  const itemMethod = open === null ? undefined : inputItemMethod(open.method);
  const before = stream.composer.value;
  if (open === null || itemMethod === undefined) {
    before?.dispose();
    stream.composer.value = null;
    return;
  }
  const method = { ...itemMethod, slot: open.method.slot };
  const isSame = before?.plugin.id === open.plugin.id && before.method.name === method.name;
  if (isSame && hasSameTypes(before, open.plugin, method)) {
    return;
  }
  if (isSame) {
    stream.composer.value = before.withSchema(open.plugin, method);
    before.dispose();
    return;
  }
  before?.dispose();
  const draft = {
    arguments: stream.restoredItem,
    jsonText: null,
    tab: "form",
    timeoutSeconds: null,
  } as const;
  stream.restoredItem = null;
  stream.composer.value = new RequestStore(open.plugin, method, draft);
}

async function send({ stream, extension }: PanelStore, composer: RequestStore): Promise<void> {
  composer.settle();
  if (composer.problems.value.size > 0) {
    composer.hasTriedInvoke.value = true;
    [...composer.problems.value.keys()].forEach((pointer) => {
      composer.touch(pointer);
    });
    return;
  }
  const value = composer.draft.value.arguments?.[inputItemArgument] ?? null;
  stream.problem.value = await extension.streamSend(value);
}
