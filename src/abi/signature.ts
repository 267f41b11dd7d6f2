// The line that stands for one method in the interface hash (reference 5.1).

import { printType } from "./typePrinter.ts";

/** What of a trait's method enters its signature line. Types are source text; spacing and comments do not matter. */
export interface SignatureParts {
  readonly name: string;
  readonly arguments: readonly SignatureType[];
  /** Null without `->`. */
  readonly returns: SignatureType | null;
  readonly isRaw: boolean;
}

export interface SignatureType {
  /** The type's source; for a `Stream<T>` that of `T`. */
  readonly source: string;
  readonly isStream: boolean;
}

/** `name:ARG1,ARG2->RET` and the markers `!raw`, `!stream`, `<stream`, in this order (reference 5.1). */
export function signatureLine(parts: SignatureParts): string {
  const types = parts.arguments.map(({ source }) => printType(source)).join(",");
  const returned = parts.returns === null ? "" : printType(parts.returns.source);
  const markers = [
    parts.isRaw ? "!raw" : "",
    parts.returns?.isStream === true ? "!stream" : "",
    parts.arguments.some(({ isStream }) => isStream) ? "<stream" : "",
  ];
  return `${parts.name}:${types}->${returned}${markers.join("")}`;
}
