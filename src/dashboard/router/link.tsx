import type { ComponentChildren, TargetedMouseEvent } from "preact";
import { hrefOf, navigate } from "./location.ts";

export interface LinkProps {
  /** A place in the page, such as `/runs?status=failed`. */
  readonly to: string;
  readonly children: ComponentChildren;
  readonly class?: string | undefined;
  readonly isCurrent?: boolean;
  readonly onGo?: () => void;
}

/** A link to another place in the page, which a new tab can open too. */
export function Link({ to, children, class: name, isCurrent = false, onGo }: LinkProps) {
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onGo?.();
    navigate(to);
  };
  return (
    <a href={hrefOf(to)} class={name} onClick={follow} aria-current={isCurrent ? "page" : undefined}>
      {children}
    </a>
  );
}
