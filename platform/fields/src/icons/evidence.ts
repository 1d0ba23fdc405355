/** Drawings that come with the fields for evidence. */
export const EVIDENCE = {
  camera: "M3 8h4l2-3h6l2 3h4v12H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  gallery: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 5M15.5 9.5h.01",
  unlock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 6.7-1.5",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M7 8v8M10.5 8v8M14 8v8M17 8v8",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 21 21",
  pen: "M4 20l1-4L16 5l3 3L8 19z",
} as const;
