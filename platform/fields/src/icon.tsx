import type { JSX } from "preact";

const PATHS = {
  back: "M15 4 7 12l8 8",
  forward: "M9 4l8 8-8 8",
  down: "M5 9l7 7 7-7",
  check: "M4 12.5 9.5 18 20 6.5",
  cross: "M5 5l14 14M19 5 5 19",
  dash: "M5 12h14",
  plus: "M12 4v16M4 12h16",
  camera: "M3 8h4l2-3h6l2 3h4v12H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  gallery: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M15.5 9.5h.01",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.7-1.5",
  warning: "M12 3 2 20h20zM12 10v4M12 17h.01",
  danger: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7v6M12 16.5h.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M7 8v8M10.5 8v8M14 8v8M17 8v8",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14",
  pen: "M4 20l1-4L16 5l3 3L8 19z",
  pause: "M8 5v14M16 5v14",
  play: "M7 4v16l13-8z",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-7 8-7s7 2 8 7",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3",
  flow: "M5 4h6v5H5zM13 15h6v5h-6zM8 9v4h8v2",
  menu: "M4 6h16M4 12h16M4 18h16",
  flag: "M5 21V4h13l-3 4.5 3 4.5H5",
  sync: "M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5",
  cloud: "M7 18a4.5 4.5 0 0 1-.4-9A6 6 0 0 1 18 9.5a4.3 4.3 0 0 1-.5 8.5z",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  again: "M4 9h10a5 5 0 0 1 0 10H8M4 9l4-4M4 9l4 4",
  branch: "M6 3v18M6 9c0 4 12 2 12 8v4",
} as const;

export type IconName = keyof typeof PATHS;

/** A small drawing beside words. It never stands alone for a meaning: screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon-mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"
      stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
