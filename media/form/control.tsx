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
import { ArrayField } from "./fields/arrayField.tsx";
import { BoolField } from "./fields/boolField.tsx";
import { BytesField } from "./fields/bytesField.tsx";
import { CharField } from "./fields/charField.tsx";
import { EnumField } from "./fields/enumField.tsx";
import type { ControlProps } from "./fieldState.ts";
import type { TypedControlProps } from "./formParts.ts";
import { FloatField } from "./fields/floatField.tsx";
import { FormattedField } from "./fields/formattedField.tsx";
import { IntegerField } from "./fields/integerField.tsx";
import { MapField } from "./fields/mapField.tsx";
import { OptionField } from "./fields/optionField.tsx";
import { ResultField } from "./fields/resultField.tsx";
import { SequenceField } from "./fields/sequenceField.tsx";
import { BodyFields } from "./fields/structField.tsx";
import { TextField } from "./fields/textField.tsx";
import { TupleField } from "./fields/tupleField.tsx";
import { UnitField } from "./fields/unitField.tsx";
import { UnknownField } from "./fields/unknownField.tsx";

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
