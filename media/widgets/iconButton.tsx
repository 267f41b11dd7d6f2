// A small button that shows only an icon; its label is its tooltip and its accessible name.

import type { JSX } from "preact";
import { Icon } from "./icon.tsx";

interface IconButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly onClick: () => void;
  readonly testId?: string;
  readonly isDisabled?: boolean;
  readonly class?: string;
  /** False: Tab passes it by, because another key leads there. */
  readonly isStop?: boolean;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${props.class ?? ""}`}
      title={props.label}
      aria-label={props.label}
      disabled={props.isDisabled === true}
      data-testid={props.testId}
      tabIndex={props.isStop === false ? -1 : undefined}
      onKeyDown={props.onKeyDown}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
