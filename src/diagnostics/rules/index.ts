// The lists of rules. A new rule is a file in one of the folders beside this one and a line here.

import type { ManifestRule } from "../manifestRule.ts";
import type { SourceRule } from "../sourceRule.ts";
import { blockingInAsync } from "./bodies/blockingInAsync.ts";
import { foreignExecutor } from "./bodies/foreignExecutor.ts";
import { nestedBlockOn } from "./bodies/nestedBlockOn.ts";
import { noRuntimeInSync } from "./bodies/noRuntimeInSync.ts";
import { taskOutlivesCall } from "./bodies/taskOutlivesCall.ts";
import { attributeNotImported } from "./crate/attributeNotImported.ts";
import { implNotAnImpl } from "./crate/implNotAnImpl.ts";
import { interfaceNotATrait } from "./crate/interfaceNotATrait.ts";
import { clientWithoutHostFeature } from "./hostFeature/clientWithoutHostFeature.ts";
import { hostClientNameCollision } from "./hostFeature/hostClientNameCollision.ts";
import { hostClientUnwrapUnbound } from "./hostFeature/hostClientUnwrapUnbound.ts";
import { hostFunctionAsync } from "./hostInterface/hostFunctionAsync.ts";
import { hostFunctionAttribute } from "./hostInterface/hostFunctionAttribute.ts";
import { hostFunctionError } from "./hostInterface/hostFunctionError.ts";
import { hostFunctionGeneric } from "./hostInterface/hostFunctionGeneric.ts";
import { hostFunctionNameCase } from "./hostInterface/hostFunctionNameCase.ts";
import { hostFunctionReceiver } from "./hostInterface/hostFunctionReceiver.ts";
import { hostFunctionReference } from "./hostInterface/hostFunctionReference.ts";
import { hostFunctionStream } from "./hostInterface/hostFunctionStream.ts";
import { hostInterfaceArgument } from "./hostInterface/hostInterfaceArgument.ts";
import { hostInterfaceEmpty } from "./hostInterface/hostInterfaceEmpty.ts";
import { hostInterfaceGeneric } from "./hostInterface/hostInterfaceGeneric.ts";
import { hostInterfaceNotATrait } from "./hostInterface/hostInterfaceNotATrait.ts";
import { hostInterfaceSendSync } from "./hostInterface/hostInterfaceSendSync.ts";
import { hostInterfaceVersion } from "./hostInterface/hostInterfaceVersion.ts";
import { implArgumentUnknown } from "./implAttribute/implArgumentUnknown.ts";
import { implBufferInvalid } from "./implAttribute/implBufferInvalid.ts";
import { implConfigInvalid } from "./implAttribute/implConfigInvalid.ts";
import { implTrailingComma } from "./implAttribute/implTrailingComma.ts";
import { implTraitMissing } from "./implAttribute/implTraitMissing.ts";
import { implTraitPath } from "./implAttribute/implTraitPath.ts";
import { argumentNamesSelf } from "./implMethods/argumentNamesSelf.ts";
import { argumentShadowsShim } from "./implMethods/argumentShadowsShim.ts";
import { bufferMismatch } from "./implMethods/bufferMismatch.ts";
import { implOrder } from "./implMethods/implOrder.ts";
import { methodAsyncDiffers } from "./implMethods/methodAsyncDiffers.ts";
import { methodConditional } from "./implMethods/methodConditional.ts";
import { methodMissing } from "./implMethods/methodMissing.ts";
import { methodNotInTrait } from "./implMethods/methodNotInTrait.ts";
import { methodSignatureDiffers } from "./implMethods/methodSignatureDiffers.ts";
import { rawMismatch } from "./implMethods/rawMismatch.ts";
import { interfaceNameKeyword } from "./implAttribute/interfaceNameKeyword.ts";
import { cratePathInvalid } from "./interfaceAttribute/cratePathInvalid.ts";
import { cratePathUnresolved } from "./interfaceAttribute/cratePathUnresolved.ts";
import { interfaceArgumentDuplicate } from "./interfaceAttribute/interfaceArgumentDuplicate.ts";
import { interfaceArgumentSyntax } from "./interfaceAttribute/interfaceArgumentSyntax.ts";
import { interfaceArgumentUnknown } from "./interfaceAttribute/interfaceArgumentUnknown.ts";
import { interfaceBufferInvalid } from "./interfaceAttribute/interfaceBufferInvalid.ts";
import { interfaceBufferMissing } from "./interfaceAttribute/interfaceBufferMissing.ts";
import { interfaceBufferRemoved } from "./interfaceAttribute/interfaceBufferRemoved.ts";
import { interfaceCrateLacksFidius } from "./interfaceAttribute/interfaceCrateLacksFidius.ts";
import { interfaceVersionInvalid } from "./interfaceAttribute/interfaceVersionInvalid.ts";
import { interfaceVersionMissing } from "./interfaceAttribute/interfaceVersionMissing.ts";
import { missingCdylib } from "./manifest/missingCdylib.ts";
import { panicAbort } from "./manifest/panicAbort.ts";
import { metadataKeyDuplicate } from "./metadata/metadataKeyDuplicate.ts";
import { metadataKeyEmpty } from "./metadata/metadataKeyEmpty.ts";
import { metadataKeyReserved } from "./metadata/metadataKeyReserved.ts";
import { metadataKeyWhitespace } from "./metadata/metadataKeyWhitespace.ts";
import { metadataNul } from "./metadata/metadataNul.ts";
import { metadataSyntax } from "./metadata/metadataSyntax.ts";
import { argumentByReference } from "./methods/argumentByReference.ts";
import { asyncTraitMacro } from "./methods/asyncTraitMacro.ts";
import { argumentPattern } from "./methods/argumentPattern.ts";
import { helperByPath } from "./methods/helperByPath.ts";
import { helperConditional } from "./methods/helperConditional.ts";
import { helperMisplaced } from "./methods/helperMisplaced.ts";
import { interfaceMethodByMacro } from "./methods/interfaceMethodByMacro.ts";
import { interfaceNotSendSync } from "./methods/interfaceNotSendSync.ts";
import { methodGeneric } from "./methods/methodGeneric.ts";
import { methodNameCase } from "./methods/methodNameCase.ts";
import { methodNameRaw } from "./methods/methodNameRaw.ts";
import { methodReceiverMissing } from "./methods/methodReceiverMissing.ts";
import { methodReceiverMut } from "./methods/methodReceiverMut.ts";
import { methodReceiverOwned } from "./methods/methodReceiverOwned.ts";
import { methodTooManyArguments } from "./methods/methodTooManyArguments.ts";
import { resultAliasHidesError } from "./methods/resultAliasHidesError.ts";
import { resultNotCore } from "./methods/resultNotCore.ts";
import { traitMetaAboveAttribute } from "./methods/traitMetaAboveAttribute.ts";
import { optionalArgumentInvalid } from "./optional/optionalArgumentInvalid.ts";
import { optionalNotLast } from "./optional/optionalNotLast.ts";
import { optionalSinceAboveVersion } from "./optional/optionalSinceAboveVersion.ts";
import { optionalWithoutSince } from "./optional/optionalWithoutSince.ts";
import { tooManyOptional } from "./optional/tooManyOptional.ts";
import { packageFieldMissing } from "./package/packageFieldMissing.ts";
import { packageKeyUnknown } from "./package/packageKeyUnknown.ts";
import { packageMetadataMissing } from "./package/packageMetadataMissing.ts";
import { packageRuntimeUnknown } from "./package/packageRuntimeUnknown.ts";
import { packageRuntimeDiffers } from "./package/packageRuntimeDiffers.ts";
import { packageValueInvalid } from "./package/packageValueInvalid.ts";
import { packageCrateDiffers } from "./package/packageCrateDiffers.ts";
import { packageInterfaceUnknown } from "./package/packageInterfaceUnknown.ts";
import { packageSectionMismatch } from "./package/packageSectionMismatch.ts";
import { packageVersionDiffers } from "./package/packageVersionDiffers.ts";
import { configureMissing } from "./plugin/configureMissing.ts";
import { configurePanics } from "./plugin/configurePanics.ts";
import { configureSignature } from "./plugin/configureSignature.ts";
import { configureUnused } from "./plugin/configureUnused.ts";
import { implTraitDiffers } from "./plugin/implTraitDiffers.ts";
import { inherentMethodShadows } from "./plugin/inherentMethodShadows.ts";
import { interfaceDuplicate } from "./plugin/interfaceDuplicate.ts";
import { methodAmbiguous } from "./plugin/methodAmbiguous.ts";
import { pluginDuplicate } from "./plugin/pluginDuplicate.ts";
import { pluginNameDuplicate } from "./plugin/pluginNameDuplicate.ts";
import { pluginTypeNotSync } from "./plugin/pluginTypeNotSync.ts";
import { pluginTypeNotUnit } from "./plugin/pluginTypeNotUnit.ts";
import { pluginTypePath } from "./plugin/pluginTypePath.ts";
import { missingRegistry } from "./registry/missingRegistry.ts";
import { registryDuplicate } from "./registry/registryDuplicate.ts";
import { registryInInterface } from "./registry/registryInInterface.ts";
import { registryWrongPath } from "./registry/registryWrongPath.ts";
import { attributeNeedsNewerFidius } from "./release/attributeNeedsNewerFidius.ts";
import { hostInterfaceFidiusTooOld } from "./release/hostInterfaceFidiusTooOld.ts";
import { streamAlias } from "./streams/streamAlias.ts";
import { streamArena } from "./streams/streamArena.ts";
import { streamAsync } from "./streams/streamAsync.ts";
import { streamForeignType } from "./streams/streamForeignType.ts";
import { streamInResult } from "./streams/streamInResult.ts";
import { streamTwoInputs } from "./streams/streamTwoInputs.ts";
import { configTypeNotDeserializable } from "./types/configTypeNotDeserializable.ts";
import { errorTypeWithoutSerde } from "./types/errorTypeWithoutSerde.ts";
import { hostFunctionType } from "./types/hostFunctionType.ts";
import { streamItemType } from "./types/streamItemType.ts";
import { typeNotBincode } from "./types/typeNotBincode.ts";
import { typePlatformDependent } from "./types/typePlatformDependent.ts";
import { typeWithoutSerde } from "./types/typeWithoutSerde.ts";
import { rawArguments } from "./wire/rawArguments.ts";
import { rawAsync } from "./wire/rawAsync.ts";
import { rawReturn } from "./wire/rawReturn.ts";
import { wireArgumentInvalid } from "./wire/wireArgumentInvalid.ts";

/** On Fidius code. */
export const sourceRules: readonly SourceRule[] = [
  blockingInAsync,
  foreignExecutor,
  nestedBlockOn,
  noRuntimeInSync,
  taskOutlivesCall,
  attributeNotImported,
  implNotAnImpl,
  interfaceNotATrait,
  clientWithoutHostFeature,
  hostClientNameCollision,
  hostClientUnwrapUnbound,
  hostFunctionAsync,
  hostFunctionAttribute,
  hostFunctionError,
  hostFunctionGeneric,
  hostFunctionNameCase,
  hostFunctionReceiver,
  hostFunctionReference,
  hostFunctionStream,
  hostInterfaceArgument,
  hostInterfaceEmpty,
  hostInterfaceGeneric,
  hostInterfaceNotATrait,
  hostInterfaceSendSync,
  hostInterfaceVersion,
  implArgumentUnknown,
  implBufferInvalid,
  implConfigInvalid,
  implTrailingComma,
  implTraitMissing,
  implTraitPath,
  interfaceNameKeyword,
  argumentNamesSelf,
  argumentShadowsShim,
  bufferMismatch,
  implOrder,
  methodAsyncDiffers,
  methodConditional,
  methodMissing,
  methodNotInTrait,
  methodSignatureDiffers,
  rawMismatch,
  cratePathInvalid,
  cratePathUnresolved,
  interfaceArgumentDuplicate,
  interfaceArgumentSyntax,
  interfaceArgumentUnknown,
  interfaceBufferInvalid,
  interfaceBufferMissing,
  interfaceBufferRemoved,
  interfaceCrateLacksFidius,
  interfaceVersionInvalid,
  interfaceVersionMissing,
  metadataKeyDuplicate,
  metadataKeyEmpty,
  metadataKeyReserved,
  metadataKeyWhitespace,
  metadataNul,
  metadataSyntax,
  argumentByReference,
  argumentPattern,
  asyncTraitMacro,
  helperByPath,
  helperConditional,
  helperMisplaced,
  interfaceMethodByMacro,
  interfaceNotSendSync,
  methodGeneric,
  methodNameCase,
  methodNameRaw,
  methodReceiverMissing,
  methodReceiverMut,
  methodReceiverOwned,
  methodTooManyArguments,
  resultAliasHidesError,
  resultNotCore,
  traitMetaAboveAttribute,
  optionalArgumentInvalid,
  optionalNotLast,
  optionalSinceAboveVersion,
  optionalWithoutSince,
  tooManyOptional,
  configureMissing,
  configurePanics,
  configureSignature,
  configureUnused,
  implTraitDiffers,
  inherentMethodShadows,
  interfaceDuplicate,
  methodAmbiguous,
  pluginDuplicate,
  pluginNameDuplicate,
  pluginTypeNotSync,
  pluginTypeNotUnit,
  pluginTypePath,
  missingRegistry,
  registryDuplicate,
  registryInInterface,
  registryWrongPath,
  attributeNeedsNewerFidius,
  hostInterfaceFidiusTooOld,
  streamAlias,
  streamArena,
  streamAsync,
  streamForeignType,
  streamInResult,
  streamTwoInputs,
  configTypeNotDeserializable,
  errorTypeWithoutSerde,
  hostFunctionType,
  streamItemType,
  typeNotBincode,
  typePlatformDependent,
  typeWithoutSerde,
  rawArguments,
  rawAsync,
  rawReturn,
  wireArgumentInvalid,
];

/** On Cargo.toml and package.toml. */
export const manifestRules: readonly ManifestRule[] = [
  missingCdylib,
  panicAbort,
  packageFieldMissing,
  packageKeyUnknown,
  packageMetadataMissing,
  packageRuntimeUnknown,
  packageRuntimeDiffers,
  packageSectionMismatch,
  packageValueInvalid,
  packageCrateDiffers,
  packageInterfaceUnknown,
  packageVersionDiffers,
];
