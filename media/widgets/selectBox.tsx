// A closed list of few choices: the browser's own, with its keyboard and its type-ahead.

import type { JSX } from "preact";

interface SelectBoxProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  readonly title?: string | undefined;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly testId: string;
  readonly onChange: (value: string) => void;
}

export function SelectBox(props: SelectBoxProps): JSX.Element {
  return (
    <span class="select-box">
      <select
        id={props.id}
        class="select"
        data-testid={props.testId}
        value={props.value}
        title={props.title}
        aria-label={props.label}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid ? "true" : undefined}
        onChange={(event) => {
          props.onChange(event.currentTarget.value);
        }}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <span class="codicon codicon-chevron-down" aria-hidden="true" />
    </span>
  );
}
