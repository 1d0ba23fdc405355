/** Drawings that fields show. */
export const FIRST = {
  check: "M4 12.5 9.5 18 20 6.5",
  cross: "M5 5l14 14M19 5 5 19",
  dash: "M5 12h14",
  plus: "M12 4v16M4 12h16",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  warning: "M12 3 2 20h20zM12 10v4M12 17h.01",
  danger: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 7v6M12 16.5h.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-5 4-7 8-7s7 2 8 7",
  again: "M4 9h10a5 5 0 0 1 0 10H8M4 9l4-4M4 9l4 4",
} as const;
