// What is shown as bytes because no source tells its type, with the way to the compiler, which knows it.

import type { ComponentChildren, JSX } from "preact";
import { usePanel } from "../panelStore.ts";
import { Banner } from "../widgets/banner.tsx";

interface CompilerBannerProps {
  readonly testId: string;
  readonly buttonTestId: string;
  readonly children: ComponentChildren;
}

export function CompilerBanner({
  testId,
  buttonTestId,
  children,
}: CompilerBannerProps): JSX.Element {
  const { extension } = usePanel();
  return (
    <Banner
      severity="info"
      testId={testId}
      actions={[
        {
          label: "Ask the Compiler",
          testId: buttonTestId,
          onClick: () => {
            extension.action("askCompiler");
          },
        },
      ]}
    >
      {children} The compiler knows it.
    </Banner>
  );
}
