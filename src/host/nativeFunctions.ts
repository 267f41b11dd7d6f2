// Functions of a C type made from addresses in the plugin: one for each address, because koffi does not give back all that
// one takes. A library is never unloaded, so there are no more of them than it has functions.

import koffi from "koffi";
import type { TypeObject } from "koffi";

/** Gives the functions of a type, by their address. */
export function functionsOf<F>(prototype: TypeObject): (address: bigint) => F {
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
