/** Drawings of the screens around the fields. */
export const SCREENS = {
  back: "M15 4 7 12l8 8",
  forward: "M9 4l8 8-8 8",
  down: "M5 9l7 7 7-7",
  pause: "M8 5v14M16 5v14",
  play: "M7 4v16l13-8z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3",
  menu: "M4 6h16M4 12h16M4 18h16",
  flag: "M5 21V4h13l-3 4.5 3 4.5H5",
  sync: "M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5",
  cloud: "M7 18a4.5 4.5 0 0 1-.4-9A6 6 0 0 1 18 9.5a4.3 4.3 0 0 1-.5 8.5z",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  branch: "M6 3v18M6 9c0 4 12 2 12 8v4",
} as const;
