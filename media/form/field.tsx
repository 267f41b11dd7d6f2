// One field of the form: its name, Rust type, doc, warnings, message and reset around the control of its kind. Small
// controls stand on the row of their name, the others in a block below a heading that opens and closes.

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { NamedType, TypeSchema } from "../../src/model/schema/schema.ts";
import { useRequest } from "../request/requestStore.ts";
import { pointerLabel } from "../values/pointer.ts";
import {
  isInline,
  maxRadioVariants,
  resolveType,
  type ResolvedType,
  type Shape,
} from "../values/shape.ts";
import { toFormValue } from "../values/conform.ts";
import { equalValues } from "../values/equalValues.ts";
import { Doc } from "../widgets/doc.tsx";
import { Icon } from "../widgets/icon.tsx";
import { IconButton } from "../widgets/iconButton.tsx";
import { Control } from "./control.tsx";
import { stepStops } from "./fieldStops.ts";
import type { FieldProps } from "./formParts.ts";
import { Message } from "./message.tsx";
import { fieldId, useAspect, useMessage, useProblemCountBelow, useSide } from "./fieldState.ts";
import { Preview } from "./preview.tsx";

/** Blocks deeper than this start closed. */
const openDepth = 3;

/** Blocks deeper than this are edited as JSON: nobody finds his way in so many boxes, and no browser draws thousands of them. */
const deepestBlock = 60;

export function Field(props: FieldProps): JSX.Element {
  const { types } = useRequest();
  const { type } = props;
  const resolved = useMemo(() => resolveType(type, types), [type, types]);
  return isInline(type, types) ? (
    <InlineField {...props} resolved={resolved} />
  ) : (
    <BlockField {...props} resolved={resolved} />
  );
}

type FrameProps = FieldProps & { readonly resolved: ResolvedType };

function useFrame(props: FrameProps) {
  const message = useMessage(props.pointer);
  const id = (part: string) => fieldId(props.pointer, part);
  const place = pointerLabel(props.pointer);
  const warnings = [
    ...(props.type.warnings ?? []),
    ...props.resolved.named.flatMap((named) => named.warnings),
  ];
  const doc = props.doc ?? (props.canReset === false ? undefined : docOf(props.resolved.named));
  const describedBy = [
    message === undefined ? "" : id("message"),
    doc === undefined ? "" : id("doc"),
    warnings.length === 0 ? "" : id("warnings"),
  ]
    .filter(Boolean)
    .join(" ");
  return {
    message,
    doc,
    warnings,
    id,
    control: {
      pointer: props.pointer,
      inputId: id("input"),
      label: place === "" ? props.name : place,
      describedBy: describedBy === "" ? undefined : describedBy,
      isInvalid: message !== undefined,
    },
  };
}

function docOf(named: readonly NamedType[]): string | undefined {
  return named.find((each) => each.doc !== undefined)?.doc;
}

function InlineField(props: FrameProps): JSX.Element {
  const frame = useFrame(props);
  return (
    <div
      class={`field field-inline ${props.isRow === true ? "field-row" : ""}`}
      data-testid="field"
      data-pointer={props.pointer}
    >
      <div class="field-head">
        {props.lead}
        {hasSingleInput(props.resolved.shape) ? (
          <label class="field-name" for={frame.control.inputId}>
            {props.name}
          </label>
        ) : (
          <span class="field-name">{props.name}</span>
        )}
        {props.isRow === true ? null : <TypeText type={props.type} />}
      </div>
      <div class="field-body">
        <Control {...frame.control} type={props.type} depth={props.depth} />
        <FieldTexts {...frame} />
      </div>
      <div class="field-actions">
        <ResetButton {...props} />
        {props.actions}
      </div>
    </div>
  );
}

/** Whether a label can stand for the control; radio buttons have names of their own. */
function hasSingleInput(shape: Shape): boolean {
  return (
    shape.kind !== "option" &&
    shape.kind !== "unit" &&
    shape.kind !== "struct" &&
    shape.kind !== "tuple" &&
    !(shape.kind === "enum" && shape.named.variants.length <= maxRadioVariants)
  );
}

function BlockField(props: FrameProps): JSX.Element {
  const frame = useFrame(props);
  const request = useRequest();
  const isOpen = useSide(props.pointer)?.isOpen ?? props.depth < openDepth;
  const hiddenProblems = useProblemCountBelow(props.pointer);
  const bodyId = frame.id("body");
  return (
    <div
      class="field field-block"
      role="group"
      aria-labelledby={frame.id("name")}
      data-testid="field"
      data-pointer={props.pointer}
    >
      <div class="field-head">
        {props.lead}
        <button
          type="button"
          class="disclosure"
          aria-expanded={isOpen}
          aria-controls={isOpen ? bodyId : undefined}
          data-testid="toggle"
          onClick={() => {
            request.patchSide(props.pointer, { isOpen: !isOpen });
          }}
        >
          <Icon name={isOpen ? "chevron-down" : "chevron-right"} />
          <span class="field-name" id={frame.id("name")}>
            {props.name}
          </span>
        </button>
        <TypeText type={props.type} />
        <Preview
          pointer={props.pointer}
          type={props.type}
          shape={props.resolved.shape}
          isOpen={isOpen}
        />
        {!isOpen && hiddenProblems > 0 ? (
          <span class="problem-count">
            <Icon name="error" />
            {hiddenProblems}
            <span class="visually-hidden"> problems inside</span>
          </span>
        ) : null}
        <div class="field-actions">
          <ResetButton {...props} />
          {props.actions}
        </div>
      </div>
      <FieldTexts {...frame} />
      {isOpen ? (
        <div class="field-children" id={bodyId}>
          {props.depth < deepestBlock ? (
            <Control {...frame.control} type={props.type} depth={props.depth} />
          ) : (
            <DeepBlock pointer={props.pointer} />
          )}
        </div>
      ) : null}
    </div>
  );
}

/** Stands for what lies deeper than the form goes. */
function DeepBlock({ pointer }: { pointer: string }): JSX.Element {
  const request = useRequest();
  return (
    <p class="hint" data-testid="deep-block">
      {`The form goes ${deepestBlock} levels deep. What is in ${pointerLabel(pointer).slice(-40)} is edited in the JSON tab. `}
      <button
        type="button"
        class="link-button"
        onClick={() => {
          request.tab.value = "json";
        }}
      >
        Show JSON
      </button>
    </p>
  );
}

function TypeText({ type }: { type: TypeSchema }): JSX.Element {
  return (
    <code class="field-type" title={type.rustType}>
      {type.rustType}
    </code>
  );
}

type FieldTextsProps = Pick<ReturnType<typeof useFrame>, "message" | "doc" | "warnings" | "id">;

function FieldTexts({ message, doc, warnings, id }: FieldTextsProps): JSX.Element {
  return (
    <>
      {message === undefined ? null : <Message id={id("message")} text={message} />}
      {doc === undefined ? null : <Doc class="field-doc" id={id("doc")} text={doc} />}
      {warnings.length === 0 ? null : (
        <div class="field-warnings" id={id("warnings")}>
          {warnings.map((warning) => (
            <p key={warning.code} class="field-warning" data-testid="type-warning">
              <Icon name="warning" />
              <span>{warning.message}</span>
            </p>
          ))}
        </div>
      )}
    </>
  );
}

/** Numbers with buttons for their limits: the arrow keys lead from those to the reset button. */
function hasChips(shape: Shape): boolean {
  return shape.kind === "integer" && shape.bits >= 64;
}

function ResetButton(props: FrameProps): JSX.Element | null {
  const request = useRequest();
  const { types } = request;
  const initial = useMemo(() => toFormValue(props.type, types, undefined), [props.type, types]);
  const isDefault = useAspect(props.pointer, (value) => equalValues(value, initial), [initial]);
  return props.canReset === false || isDefault ? null : (
    <IconButton
      icon="discard"
      class="reset"
      label={`Reset ${pointerLabel(props.pointer)} to its default`}
      testId="reset"
      isStop={!hasChips(props.resolved.shape)}
      onKeyDown={stepStops}
      onClick={() => {
        request.setAt(props.pointer, initial);
        document.getElementById(fieldId(props.pointer, "input"))?.focus();
      }}
    />
  );
}
