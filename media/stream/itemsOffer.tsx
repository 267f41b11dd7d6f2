// Items whose type no source tells are bytes until the compiler is asked, which is done before the stream begins: the plugin
// is not to wait for a build.

import type { JSX } from "preact";
import { unknownInMethod } from "../../src/codec/method/unknownInMethod.ts";
import type { PluginMethod } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema/schema.ts";
import { usePanel } from "../panelStore.ts";
import { CompilerBanner } from "../response/compilerBanner.tsx";

interface ItemsOfferProps {
  readonly method: PluginMethod;
  readonly types: TypeTable;
}

export function ItemsOffer({ method, types }: ItemsOfferProps): JSX.Element | null {
  const { state } = usePanel();
  const { inputItems, outputItems } = unknownInMethod(method, types);
  const isOffered = state.value?.bridge?.isReady === false && (inputItems || outputItems);
  return isOffered ? (
    <CompilerBanner testId="items-offer" buttonTestId="ask-compiler-items">
      No source tells the type of this stream's items, so they are bytes.
    </CompilerBanner>
  ) : null;
}
