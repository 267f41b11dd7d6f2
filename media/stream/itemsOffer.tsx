// Items whose type no source tells are bytes until the compiler is asked, which is done before the stream begins: the plugin
// is not to wait for a build.

import type { JSX } from "preact";
import { unknownPlaces } from "../../src/codec/unknownPlaces.ts";
import type { PluginMethod } from "../../src/model/plugin.ts";
import type { TypeTable } from "../../src/model/schema.ts";
import { usePanel } from "../panelStore.ts";
import { Banner } from "../widgets/banner.tsx";

interface ItemsOfferProps {
  readonly method: PluginMethod;
  readonly types: TypeTable;
}

export function ItemsOffer({ method, types }: ItemsOfferProps): JSX.Element | null {
  const { state, extension } = usePanel();
  const { inputItems, outputItems } = unknownPlaces(method, types);
  const isOffered = state.value?.bridge?.isReady === false && (inputItems || outputItems);
  return isOffered ? (
    <Banner
      severity="info"
      testId="items-offer"
      actions={[
        {
          label: "Ask the Compiler",
          testId: "ask-compiler-items",
          onClick: () => {
            extension.action("askCompiler");
          },
        },
      ]}
    >
      No source tells the type of this stream's items, so they are bytes. The compiler knows it.
    </Banner>
  ) : null;
}
