// Every rule on changes of interfaces, in the order in which their changes are told.

import type { DriftRule } from "../driftRule.ts";
import { bufferChanged } from "./bufferChanged.ts";
import { cratePathChanged } from "./cratePathChanged.ts";
import { fidiusChanged } from "./fidiusChanged.ts";
import { interfaceAdded } from "./interfaceAdded.ts";
import { interfaceMoved } from "./interfaceMoved.ts";
import { interfaceRemoved } from "./interfaceRemoved.ts";
import { interfaceVersionNotRaised } from "./interfaceVersionNotRaised.ts";
import { metadataChanged } from "./metadataChanged.ts";
import { methodAsyncChanged } from "./methodAsyncChanged.ts";
import { methodInserted } from "./methodInserted.ts";
import { methodOptionalChanged } from "./methodOptionalChanged.ts";
import { methodRemoved } from "./methodRemoved.ts";
import { methodRenamed } from "./methodRenamed.ts";
import { methodRetyped } from "./methodRetyped.ts";
import { methodsReordered } from "./methodsReordered.ts";
import { optionalAdded } from "./optionalAdded.ts";
import { optionalInsertedAbove } from "./optionalInsertedAbove.ts";
import { partRenamed } from "./partRenamed.ts";
import { variantAdded } from "./variantAdded.ts";
import { wireFormChanged } from "./wireFormChanged.ts";
import { wireFormUnknown } from "./wireFormUnknown.ts";

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
  interfaceVersionNotRaised,
  optionalAdded,
  interfaceAdded,
];
