// The two ways a value crosses, seen from the plugin: it reads arguments (`Deserialize`) and writes results (`Serialize`).
// serde attributes make one Rust type two shapes on the wire (reference 6.4).

export type WireDirection = "reading" | "writing";

/** The trait of serde at work. */
export const traitOf: Readonly<Record<WireDirection, "Deserialize" | "Serialize">> = {
  reading: "Deserialize",
  writing: "Serialize",
};
