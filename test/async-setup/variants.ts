// Every way to get the async set-up of a plugin wrong (rules a-f of reference 1.4) in every shape a manifest can have, and
// the right ones beside them. What the server must say is written down here; what is true, cargo says.

import { cleanVariants } from "./cleanVariants.ts";
import { companionVariants } from "./companionVariants.ts";
import { featureVariants } from "./featureVariants.ts";
import {
  coreInterface,
  facadeInterface,
  plainInterface,
  type GeneratedPackage,
} from "./interfaces.ts";
import { tokioVariants } from "./tokioVariants.ts";
import type { Variant } from "./variant.ts";

/** Interface crates that several variants share. */
export const sharedInterfaces: readonly GeneratedPackage[] = [
  plainInterface("plain_interface"),
  facadeInterface("facade_interface", `fidius = "0.5"`),
  facadeInterface("facade_async_interface", `fidius = { version = "0.5", features = ["async"] }`),
  coreInterface("core_interface"),
];

/** What members inherit with `workspace = true`. */
export const workspaceDependencies = `fidius = "0.5" # one version for all
plain_interface = { path = "packages/plain_interface" }
tokio = { version = "1", default-features = false }
fidius_ready = { package = "fidius", version = "0.5", features = ["async"] }
`;

export const variants: readonly Variant[] = [
  ...featureVariants,
  ...tokioVariants,
  ...companionVariants,
  ...cleanVariants,
];
