import type { JSX } from "preact";

const DRAWINGS = {
  turn: "M6 4h9a3 3 0 0 1 3 3v4M15 8l3 3 3-3M4 9h8v11H4z",
  small: "M9 5h6v14H9zM11.5 16.5h1",
  tablet: "M4 4h16v16H4zM10.5 17.5h3",
  fill: "M5 19l4-1L19 8l-3-3L6 15zM13 5h.01M19 15v4M17 17h4",
  flag: "M6 21V4M6 5h11l-2.5 4L17 13H6",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  pause: "M8 5v14M16 5v14",
  pen: "M5 19l4-1L19 8l-3-3L6 15z",
} as const;

/** What only this room draws. */
export function Drawing({ name }: { readonly name: keyof typeof DRAWINGS }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
