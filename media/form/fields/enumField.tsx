// Enums: up to four unit variants as radio buttons, else a list to choose from (with a filter from eight on), and the
// chosen variant's own fields. Every variant keeps what was typed for it.

import type { JSX } from "preact";
import type { EnumType, TypeTable, VariantSchema } from "../../../src/model/schema/schema.ts";
import type { JsonValue } from "../../../src/model/value/value.ts";
import { useRequest } from "../../request/requestStore.ts";
import { defaultBody } from "../../values/conform.ts";
import { childPointer, valueAt } from "../../values/pointer.ts";
import { maxRadioVariants, variantOf } from "../../values/shape.ts";
import { FilterList } from "../../widgets/filterList.tsx";
import { SelectBox } from "../../widgets/selectBox.tsx";
import { Segments } from "../../widgets/segments.tsx";
import { fieldId, useAspect, type ControlProps } from "../fieldState.ts";
import { BodyFields } from "./structField.tsx";

const filterFrom = 8;

interface EnumFieldProps extends ControlProps {
  readonly named: EnumType;
  readonly depth: number;
}

export function EnumField({ named, depth, ...control }: EnumFieldProps): JSX.Element {
  const request = useRequest();
  const { pointer } = control;
  const chosen = useAspect(pointer, (value) => variantOf(named, value ?? null), [named]);
  const isPlain = named.variants.every((variant) => variant.body.kind === "unit");

  const choose = (name: string) => {
    const variant = named.variants.find((each) => each.name === name);
    if (variant === undefined || variant === chosen) {
      return;
    }
    const { value, side } = request.form.value;
    const drafts = side[pointer]?.drafts;
    if (chosen !== undefined) {
      const current = valueAt(value, pointer) ?? null;
      request.patchSide(pointer, { drafts: { ...drafts, [chosen.name]: current } });
    }
    request.setAt(pointer, drafts?.[name] ?? variantDefault(variant, request.types));
  };

  const chooser = { ...control, named, chosen, choose };
  return (
    <div class="enum-control">
      {isPlain && named.variants.length <= maxRadioVariants ? (
        <Segments
          name={fieldId(pointer, "enum")}
          label={control.label}
          segments={named.variants.map((variant) => ({
            value: variant.name,
            label: variant.name,
            title: variantTitle(variant),
          }))}
          value={chosen?.name ?? ""}
          describedBy={control.describedBy}
          testId="variants"
          onChange={choose}
        />
      ) : named.variants.length < filterFrom ? (
        <VariantSelect {...chooser} />
      ) : (
        <VariantFilter {...chooser} />
      )}
      {chosen === undefined || chosen.body.kind === "unit" ? null : (
        <div class="variant-body" key={chosen.name}>
          <BodyFields
            pointer={childPointer(pointer, chosen.name)}
            inputId={fieldId(pointer, "body-input")}
            body={chosen.body}
            depth={depth}
          />
        </div>
      )}
    </div>
  );
}

interface ChooserProps extends ControlProps {
  readonly named: EnumType;
  readonly chosen: VariantSchema | undefined;
  readonly choose: (name: string) => void;
}

function VariantSelect(props: ChooserProps): JSX.Element {
  return (
    <SelectBox
      id={props.inputId}
      label={`${props.label}: variant`}
      options={props.named.variants.map((variant) => ({
        value: variant.name,
        label: variantLabel(variant),
      }))}
      value={props.chosen?.name ?? ""}
      title={props.chosen === undefined ? undefined : variantTitle(props.chosen)}
      describedBy={props.describedBy}
      isInvalid={props.isInvalid}
      testId="variants"
      onChange={props.choose}
    />
  );
}

function VariantFilter(props: ChooserProps): JSX.Element {
  return (
    <FilterList
      id={props.inputId}
      label={`${props.label}: variant`}
      items={props.named.variants.map((variant) => ({
        value: variant.name,
        label: variantLabel(variant),
        title: variantTitle(variant),
      }))}
      value={props.chosen?.name ?? ""}
      describedBy={props.describedBy}
      isInvalid={props.isInvalid}
      testId="variants"
      onChange={props.choose}
    />
  );
}

/** The variant's name with the shape of its body, as Rust writes it. */
function variantLabel(variant: VariantSchema): string {
  switch (variant.body.kind) {
    case "unit":
      return variant.name;
    case "newtype":
      return `${variant.name}(${variant.body.inner.rustType})`;
    case "tuple":
      return `${variant.name}(${variant.body.elements.map((element) => element.rustType).join(", ")})`;
    case "struct":
      return `${variant.name} { ${variant.body.fields.map((field) => field.name).join(", ")} }`;
  }
}

function variantTitle(variant: VariantSchema): string {
  const index = `variant ${variant.index} on the wire`;
  return variant.doc === undefined ? index : `${variant.doc} (${index})`;
}

function variantDefault(variant: VariantSchema, types: TypeTable): JsonValue {
  const body = defaultBody(variant.body, types);
  return variant.body.kind === "unit" ? variant.name : { [variant.name]: body };
}
