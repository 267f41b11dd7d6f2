// The two components that nested types need again: a list's element is a field, a Some is a control. They come by context,
// so that the files of the kinds do not import the dispatch that imports them.

import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext } from "preact/hooks";
import type { TypeSchema } from "../../src/model/schema/schema.ts";
import type { ControlProps } from "./fieldState.ts";

export interface FieldProps {
  readonly type: TypeSchema;
  readonly pointer: string;
  readonly name: string;
  readonly doc?: string | undefined;
  readonly depth: number;
  /** Stands before the name: a list row's handle. */
  readonly lead?: ComponentChildren;
  /** Stands at the end of the row: a list row's buttons. */
  readonly actions?: ComponentChildren;
  /** False where the field has no default of its own (list rows). */
  readonly canReset?: boolean;
  /** A row of a list, whose heading says the type already. */
  readonly isRow?: boolean;
}

export interface TypedControlProps extends ControlProps {
  readonly type: TypeSchema;
  /** How many blocks stand around the control. */
  readonly depth: number;
}

export interface FormParts {
  readonly Field: (props: FieldProps) => JSX.Element;
  readonly Control: (props: TypedControlProps) => JSX.Element;
}

export const FormPartsContext = createContext<FormParts | null>(null);

export function useFormParts(): FormParts {
  const parts = useContext(FormPartsContext);
  if (parts === null) {
    throw new Error("no FormPartsContext");
  }
  return parts;
}
