import type { JSX } from "preact";

/** The product's own sign, the same as on the supervisor's pages and in the browser's tab. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d="M23.4 11.75A8.5 8.5 0 1 0 24.5 16M23.4 6.7v5.05h-5.05m-6.15 4.55 2.7 2.7 5-5.4" />
    </svg>
  );
}
