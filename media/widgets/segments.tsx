// A row of radio buttons drawn as one segmented control: None/Some, Ok/Err, Text/Hex/Base64/File, a few unit variants.

import type { JSX } from "preact";

export interface Segment {
  readonly value: string;
  readonly label: string;
  readonly title?: string;
}

interface SegmentsProps {
  readonly name: string;
  readonly label: string;
  readonly segments: readonly Segment[];
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
  readonly testId?: string;
}

export function Segments(props: SegmentsProps): JSX.Element {
  return (
    <div
      class="segments"
      role="radiogroup"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-invalid={props.isInvalid === true ? "true" : undefined}
      data-testid={props.testId}
    >
      {props.segments.map((segment) => (
        <label key={segment.value} class="segment" title={segment.title}>
          <input
            type="radio"
            name={props.name}
            value={segment.value}
            checked={segment.value === props.value}
            onChange={() => {
              props.onChange(segment.value);
            }}
          />
          <span>{segment.label}</span>
        </label>
      ))}
    </div>
  );
}
