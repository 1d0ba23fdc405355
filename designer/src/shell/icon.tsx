import type { JSX } from "preact";
import { ICONS } from "./icons.ts";

export type IconName = keyof typeof ICONS;

/** A small drawing beside words. It never stands alone for a meaning: screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={ICONS[name]} />
    </svg>
  );
}
