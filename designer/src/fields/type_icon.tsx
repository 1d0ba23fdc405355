import type { JSX } from "preact";
import type { FieldType } from "./types.ts";

/** Drawings of 24 by 24, as strokes. */
const PATHS: Readonly<Record<FieldType, string>> = {
  instruction: "M5 4h9l5 5v11H5zM14 4v5h5M8.5 13h7M8.5 16.5h5",
  text: "M5 7V5h14v2M12 5v14M9.5 19h5",
  long_text: "M4 6h16M4 10.5h16M4 15h16M4 19.5h9",
  integer: "M5 8.5L8 6v12M12.5 8.2a2.8 2.8 0 1 1 4.9 1.9L12.5 18H19",
  number: "M4 9l3-2.5V18M11.5 17.6v.2M15 10a2.5 2.5 0 0 1 5 0v5a2.5 2.5 0 0 1-5 0z",
  boolean: "M8 7h8a5 5 0 0 1 0 10H8A5 5 0 0 1 8 7zM16 9.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z",
  choice: "M7 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM7 6.9v.2M13 7h7M13 17h7",
  multi_choice: "M4.5 4.5h5v5h-5zM4.5 14.5h5v5h-5zM5.6 17l1.2 1.2 2-2.4M13 7h7M13 17h7",
  date: "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8",
  datetime: "M20 11V6H4v14h7M4 10.5h16M8 3.5V8M16 3.5V8M17 14a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM17 16v2.2l1.4.9",
  photo: "M4 7.5h4L9.5 5h5L16 7.5h4V19H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4z",
  checklist: "M4 6.5l1.6 1.6L8.5 5M4 13l1.6 1.6 2.9-3.1M4.5 19.5h3.5M12 7h8M12 13.5h8M12 19.5h8",
  reading: "M4 17.5a8.5 8.5 0 1 1 16 0M12 16l4-5.5M12 6.5v1.5M6.5 9.5l1 1M4 17.5h2.5M17.5 17.5H20",
  safety_gate: "M6.5 11h11v9h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8.5v7M11 8.5v7M13.5 8.5v7M16 8.5v7",
  parts: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  signature: "M3 18.5c3-1 5-9 7-11s2.5 1 1 4-2.5 5 0 4.5 2.5-3 4-3 .5 2.5 2 2.5 1.5-1 2-1M3.5 21h17",
  table: "M4 5h16v14H4zM4 9.8h16M4 14.4h16M10 5v14",
};

export function TypeIcon({ type }: { readonly type: FieldType }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[type]} />
    </svg>
  );
}
