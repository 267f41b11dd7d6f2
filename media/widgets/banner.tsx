// A remark across the panel or a part of it, with what the user can do about it.

import type { ComponentChildren, JSX } from "preact";
import { Icon } from "./icon.tsx";

export interface BannerAction {
  readonly label: string;
  readonly onClick: () => void;
  readonly testId?: string;
}

interface BannerProps {
  readonly severity: "info" | "warning" | "error";
  readonly actions?: readonly BannerAction[];
  readonly testId: string;
  readonly id?: string;
  readonly children: ComponentChildren;
}

const icons = { info: "info", warning: "warning", error: "error" } as const;

export function Banner(props: BannerProps): JSX.Element {
  return (
    <div
      class={`banner banner-${props.severity}`}
      role="note"
      id={props.id}
      data-testid={props.testId}
    >
      <Icon name={icons[props.severity]} />
      <div class="banner-text">{props.children}</div>
      {(props.actions ?? []).map((action) => (
        <button
          key={action.label}
          type="button"
          class="link-button"
          data-testid={action.testId}
          onClick={action.onClick}
        >
          {action.label}
        </button>
      ))}
    </div>
  );
}
