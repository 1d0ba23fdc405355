import type { JSX } from "preact";
import type { EVIDENCE } from "./icons/evidence.ts";
import { FIRST } from "./icons/first.ts";
import type { KNOWLEDGE } from "./icons/knowledge.ts";
import type { SCREENS } from "./icons/screens.ts";

export type IconName = keyof typeof FIRST | keyof typeof SCREENS | keyof typeof EVIDENCE | keyof typeof KNOWLEDGE;

const paths: Partial<Record<IconName, string>> = { ...FIRST };

/** Drawings that come with a piece of the app. */
export function addIcons(more: Partial<Record<IconName, string>>): void {
  Object.assign(paths, more);
}

/** A small drawing beside words. It never stands alone for a meaning: screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon-mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"
      stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
