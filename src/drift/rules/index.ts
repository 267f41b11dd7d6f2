// Every rule on changes of interfaces, in the order in which their changes are told.

import type { DriftRule } from "../driftRule.ts";
import { bufferChanged } from "./interface/bufferChanged.ts";
import { cratePathChanged } from "./interface/cratePathChanged.ts";
import { fidiusChanged } from "./interface/fidiusChanged.ts";
import { hashChanged } from "./interface/hashChanged.ts";
import { interfaceAdded } from "./interface/interfaceAdded.ts";
import { interfaceMoved } from "./interface/interfaceMoved.ts";
import { interfaceRemoved } from "./interface/interfaceRemoved.ts";
import { interfaceVersionNotRaised } from "./interface/interfaceVersionNotRaised.ts";
import { metadataChanged } from "./interface/metadataChanged.ts";
import { methodAsyncChanged } from "./methods/methodAsyncChanged.ts";
import { methodInserted } from "./methods/methodInserted.ts";
import { methodOptionalChanged } from "./methods/methodOptionalChanged.ts";
import { methodRemoved } from "./methods/methodRemoved.ts";
import { methodRenamed } from "./methods/methodRenamed.ts";
import { methodRetyped } from "./methods/methodRetyped.ts";
import { methodsReordered } from "./methods/methodsReordered.ts";
import { optionalAdded } from "./methods/optionalAdded.ts";
import { optionalInsertedAbove } from "./methods/optionalInsertedAbove.ts";
import { partRenamed } from "./types/partRenamed.ts";
import { variantAdded } from "./types/variantAdded.ts";
import { wireFormChanged } from "./types/wireFormChanged.ts";
import { wireFormUnknown } from "./types/wireFormUnknown.ts";

export const driftRules: readonly DriftRule[] = [
  interfaceRemoved,
  interfaceMoved,
  fidiusChanged,
  bufferChanged,
  methodRemoved,
  methodRenamed,
  methodRetyped,
  methodOptionalChanged,
  methodsReordered,
  methodInserted,
  optionalInsertedAbove,
  wireFormChanged,
  wireFormUnknown,
  variantAdded,
  partRenamed,
  methodAsyncChanged,
  cratePathChanged,
  metadataChanged,
  hashChanged,
  interfaceVersionNotRaised,
  optionalAdded,
  interfaceAdded,
];
