// The request column: Form and JSON tabs over one value, run options, and Invoke.

import { h, type ComponentChildren, type JSX } from "preact";
import { useRef } from "preact/hooks";
import { unknownReason } from "../../src/codec/values/unknownParts.ts";
import { KeptCard } from "../draft/keptCard.tsx";
import { Control } from "../form/control.tsx";
import { Field } from "../form/field.tsx";
import { FormPartsContext, type FormParts } from "../form/formParts.ts";
import { SerdeField } from "../form/serdeField.tsx";
import { childPointer } from "../values/pointer.ts";
import { Banner } from "../widgets/banner.tsx";
import { useKeptScroll } from "../widgets/keptScroll.ts";
import { TabList, TabPanel } from "../widgets/tabs.tsx";
import { HostFunctionsSection } from "../hostFunctions/hostFunctionsSection.tsx";
import { FirstItem } from "../stream/composer.tsx";
import { ItemsOffer } from "../stream/itemsOffer.tsx";
import { FillMenu } from "./fillMenu.tsx";
import { InvokeBar } from "./invokeBar.tsx";
import { JsonTab } from "./jsonTab.tsx";
import { useRequest } from "./requestStore.ts";
import { RunOptionsSection } from "./runOptions.tsx";

const formParts: FormParts = { Field, Control };

export function RequestView(): JSX.Element {
  return (
    <section
      class="pane request"
      id="narrow-panel-request"
      aria-labelledby="request-heading"
      data-testid="request"
    >
      <RequestBody heading="Request" after={<RunOptionsSection />} />
      <InvokeBar />
    </section>
  );
}

interface RequestBodyProps {
  readonly heading: string;
  /** Stands above the form and the text. */
  readonly children?: ComponentChildren;
  /** Stands below them. */
  readonly after?: ComponentChildren;
}

/** Form and JSON of whatever request the context has. */
export function RequestBody({ heading, children, after }: RequestBodyProps): JSX.Element {
  const request = useRequest();
  const tab = request.tab.value;
  const pane = useRef<HTMLDivElement>(null);
  useKeptScroll("request", pane, true);
  return (
    <>
      <div class="pane-head">
        <h2 id="request-heading">{heading}</h2>
        <TabList
          name="request"
          label="Request as"
          tabs={[
            { id: "form", label: "Form" },
            {
              id: "json",
              label: "JSON",
              badge: request.textProblems.value.length > 0 ? "!" : undefined,
            },
          ]}
          selected={tab}
          onSelect={(id) => {
            request.settle();
            request.tab.value = id;
          }}
        />
        <span class="spacer" />
        <FillMenu />
      </div>
      <div class="pane-body" ref={pane}>
        {children}
        <KeptCard />
        <TabPanel name="request" tab="form" isSelected={tab === "form"}>
          <FormTab />
        </TabPanel>
        <TabPanel name="request" tab="json" isSelected={tab === "json"}>
          <JsonTab />
        </TabPanel>
        <HostFunctionsSection />
        {after}
      </div>
    </>
  );
}

function FormTab(): JSX.Element {
  const request = useRequest();
  const [problem] = request.textProblems.value;
  const { method } = request;
  return (
    <>
      {problem === undefined ? null : (
        <Banner
          severity="warning"
          testId="json-error-banner"
          actions={[
            {
              label: "Go to JSON",
              testId: "go-to-json",
              onClick: () => {
                request.tab.value = "json";
                request.focusText.value++;
              },
            },
            {
              label: "Discard JSON Text",
              testId: "discard-json",
              onClick: () => {
                request.discardJsonText();
              },
            },
          ]}
        >
          JSON has an error at {problem.line}:{problem.column}. The form shows the last valid value.
        </Banner>
      )}
      <div
        class={`form ${problem === undefined ? "" : "form-stale"}`}
        inert={problem !== undefined}
      >
        <ItemsOffer method={method} types={request.types} />
        {method.wire === "raw" ? (
          <p class="hint">Raw wire: these bytes pass through unchanged.</p>
        ) : null}
        {method.arguments.length === 0 ? (
          <p class="empty-note" data-testid="no-arguments">
            {method.streamArgument === undefined
              ? "This method takes no arguments."
              : "This method takes no arguments beside its stream."}
          </p>
        ) : (
          h(
            FormPartsContext.Provider,
            { value: formParts },
            method.arguments.map((argument, index) =>
              method.wire === "bincode" &&
              unknownReason(argument.type, request.types) !== undefined ? (
                <SerdeField
                  key={argument.name}
                  argument={argument}
                  // A configuration is written like a method's argument, and stands in no slot.
                  place={method.slot < 0 ? "configuration" : `argument ${index}`}
                />
              ) : (
                <Field
                  key={argument.name}
                  type={argument.type}
                  pointer={childPointer("", argument.name)}
                  name={argument.name}
                  depth={0}
                />
              ),
            ),
          )
        )}
        {method.slot < 0 ? null : <FirstItem />}
      </div>
    </>
  );
}
