// What the draft keeps from before an edit of the source, above the form: to use for another field, or to drop.

import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useRequest, type RequestStore } from "../request/requestStore.ts";
import { Icon } from "../widgets/icon.tsx";
import { dropKept, keptGroups, keptText, takeKept, type KeptGroup } from "./keptGroups.ts";

const maximumGroups = 12;
const maximumValues = 3;

function useGroups(request: RequestStore): readonly KeptGroup[] {
  const state = request.form.value;
  return useMemo(() => keptGroups(state, request), [state, request]);
}

export function KeptCard(): JSX.Element | null {
  const request = useRequest();
  const groups = useGroups(request);
  if (groups.length === 0) {
    return null;
  }
  return (
    <section class="kept" id="kept" tabIndex={-1} aria-labelledby="kept-heading" data-testid="kept">
      <p>
        <Icon name="history" />
        <strong id="kept-heading">Kept from before</strong>
        <span class="hint">
          The source gives these values no place now, so they are not sent. They return with their
          types.
        </span>
      </p>
      <ul>
        {groups.slice(0, maximumGroups).map((group) => (
          <KeptRow key={group.label} group={group} request={request} />
        ))}
        {groups.length > maximumGroups ? (
          <li class="hint">and {groups.length - maximumGroups} more</li>
        ) : null}
      </ul>
    </section>
  );
}

function KeptRow({ group, request }: { group: KeptGroup; request: RequestStore }): JSX.Element {
  const { label, parts, offers } = group;
  const more = parts.length - maximumValues;
  const values = parts.slice(0, maximumValues).map(({ part }) => keptText(part));
  return (
    <li data-testid="kept-value">
      <span class="kept-text">
        <code>{label}</code> = <span class="mono">{values.join(", ")}</span>
        {more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}
      </span>
      {offers.map((name) => (
        <button
          key={name}
          type="button"
          class="text-button"
          data-testid="kept-use"
          onClick={() => {
            request.edit((state) => takeKept(state, group, name));
          }}
        >
          Use for <code>{name}</code>
        </button>
      ))}
      <button
        type="button"
        class="text-button"
        data-testid="kept-drop"
        aria-label={`Drop what was kept of ${label}`}
        onClick={() => {
          request.edit((state) => dropKept(state, group));
        }}
      >
        Drop
      </button>
    </li>
  );
}

/** Beside Invoke: something is not sent. */
export function KeptNote(): JSX.Element | null {
  const request = useRequest();
  const count = useGroups(request).reduce((sum, { parts }) => sum + parts.length, 0);
  return count === 0 ? null : (
    <p class="kept-note" data-testid="kept-note">
      <Icon name="history" />
      <button
        type="button"
        class="link-button"
        onClick={() => {
          const card = document.getElementById("kept");
          card?.scrollIntoView({ block: "nearest" });
          card?.focus();
        }}
      >
        {count === 1 ? "1 value" : `${count.toLocaleString("en")} values`} kept from before
      </button>{" "}
      {count === 1 ? "is" : "are"} not sent.
    </p>
  );
}
