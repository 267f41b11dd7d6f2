// The name that someone most likely meant.

import { editDistance } from "../../model/text/editDistance.ts";

/** The one of `names` at the least distance, if it is near enough to be a slip of the keyboard. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(written, name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  const most = Math.max(1, Math.floor(written.length / 3));
  return best !== undefined && best.distance <= most ? best.name : undefined;
}
