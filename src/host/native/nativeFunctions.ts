// Functions of a C type made from addresses in the plugin: one for each address, because koffi does not give back all that
// one takes. A library is never unloaded, so there are no more of them than it has functions.

import koffi from "koffi";
import type { TypeObject } from "koffi";

/** The functions of a type, by their address. */
type FunctionsAt<F> = (address: bigint) => F;

/** Makes functions of a type of their addresses. */
export function functionsOf<F>(prototype: TypeObject): FunctionsAt<F> {
  const known = new Map<bigint, F>();
  return (address) => {
    let found = known.get(address);
    if (found === undefined) {
      found = koffi.decode(address, prototype) as F;
      known.set(address, found);
    }
    return found;
  };
}
