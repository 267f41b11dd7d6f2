// Picks the control of a type's kind. One file a kind; nested kinds come back here through Field.

import type { JSX } from "preact";
import { useRequest } from "../request/requestStore.ts";
import {
  isScalar,
  resolveType,
  type CompositeShape,
  type FormattedShape,
  type ScalarShape,
} from "../values/shape.ts";
import { ArrayField } from "./arrayField.tsx";
import { BoolField } from "./boolField.tsx";
import { BytesField } from "./bytesField.tsx";
import { CharField } from "./charField.tsx";
import { EnumField } from "./enumField.tsx";
import type { ControlProps } from "./fieldState.ts";
import type { TypedControlProps } from "./formParts.ts";
import { FloatField } from "./floatField.tsx";
import { FormattedField } from "./formattedField.tsx";
import { IntegerField } from "./integerField.tsx";
import { MapField } from "./mapField.tsx";
import { OptionField } from "./optionField.tsx";
import { ResultField } from "./resultField.tsx";
import { SequenceField } from "./sequenceField.tsx";
import { BodyFields } from "./structField.tsx";
import { TextField } from "./textField.tsx";
import { TupleField } from "./tupleField.tsx";
import { UnitField } from "./unitField.tsx";
import { UnknownField } from "./unknownField.tsx";

export function Control({ type, ...props }: TypedControlProps): JSX.Element {
  const { types } = useRequest();
  const { shape } = resolveType(type, types);
  return shape.kind === "formatted" ? (
    <FormattedField {...props} shape={shape} />
  ) : isScalar(shape) ? (
    <ScalarControl {...props} shape={shape} />
  ) : (
    <CompositeControl {...props} shape={shape} />
  );
}

type ScalarProps = ControlProps & { readonly shape: Exclude<ScalarShape, FormattedShape> };

function ScalarControl({ shape, ...control }: ScalarProps): JSX.Element {
  switch (shape.kind) {
    case "bool":
      return <BoolField {...control} />;
    case "integer":
      return <IntegerField {...control} type={shape} />;
    case "float":
      return <FloatField {...control} bits={shape.bits} />;
    case "char":
      return <CharField {...control} />;
    case "string":
      return <TextField {...control} />;
    case "bytes":
      return <BytesField {...control} rustType={shape.rustType} length={shape.length} />;
    case "unit":
      return <UnitField inputId={control.inputId} />;
    case "unknown":
      return <UnknownField {...control} reason={shape.reason} />;
  }
}

type CompositeProps = ControlProps & { readonly shape: CompositeShape; readonly depth: number };

function CompositeControl({ shape, depth, ...control }: CompositeProps): JSX.Element {
  switch (shape.kind) {
    case "option":
      return <OptionField {...control} inner={shape.inner} depth={depth} />;
    case "sequence":
      return <SequenceField {...control} element={shape.element} depth={depth} />;
    case "array":
      return <ArrayField {...control} element={shape.element} depth={depth} />;
    case "tuple":
      return <TupleField pointer={control.pointer} elements={shape.elements} depth={depth} />;
    case "map":
      return <MapField {...control} keyType={shape.key} valueType={shape.value} depth={depth} />;
    case "result":
      return <ResultField {...control} type={shape} depth={depth} />;
    case "struct": {
      const { pointer, inputId } = control;
      return (
        <BodyFields pointer={pointer} inputId={inputId} body={shape.named.body} depth={depth} />
      );
    }
    case "enum":
      return <EnumField {...control} named={shape.named} depth={depth} />;
  }
}
