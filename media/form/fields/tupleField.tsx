// Tuples and tuple structs: one field a position, named 0, 1, …

import type { JSX } from "preact";
import type { TypeSchema } from "../../../src/model/schema/schema.ts";
import { childPointer } from "../../values/pointer.ts";
import { useFormParts } from "../formParts.ts";

interface TupleFieldProps {
  readonly pointer: string;
  readonly elements: readonly TypeSchema[];
  readonly depth: number;
}

export function TupleField({ pointer, elements, depth }: TupleFieldProps): JSX.Element {
  const { Field } = useFormParts();
  return (
    <>
      {elements.map((element, index) => (
        <Field
          key={index}
          type={element}
          pointer={childPointer(pointer, index)}
          name={String(index)}
          depth={depth + 1}
        />
      ))}
    </>
  );
}
