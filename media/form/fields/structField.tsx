// The fields of a struct, or of an enum variant's body.

import type { JSX } from "preact";
import type { TypeBody } from "../../../src/model/schema/schema.ts";
import { childPointer } from "../../values/pointer.ts";
import { useFormParts } from "../formParts.ts";
import { TupleField } from "./tupleField.tsx";
import { UnitField } from "./unitField.tsx";

interface BodyFieldsProps {
  readonly pointer: string;
  readonly inputId: string;
  readonly body: TypeBody;
  readonly depth: number;
}

export function BodyFields({ pointer, inputId, body, depth }: BodyFieldsProps): JSX.Element {
  const { Field } = useFormParts();
  switch (body.kind) {
    case "unit":
      return <UnitField inputId={inputId} />;
    case "newtype":
      return <Field type={body.inner} pointer={pointer} name="0" depth={depth + 1} />;
    case "tuple":
      return <TupleField pointer={pointer} elements={body.elements} depth={depth} />;
    case "struct":
      return (
        <>
          {body.fields.map((field) => (
            <Field
              key={field.name}
              type={field.type}
              pointer={childPointer(pointer, field.name)}
              name={field.name}
              doc={field.doc}
              depth={depth + 1}
            />
          ))}
          {body.fields.length === 0 ? <UnitField inputId={inputId} /> : null}
        </>
      );
  }
}
