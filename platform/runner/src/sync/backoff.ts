const FIRST_MS = 1_000;
const LONGEST_MS = 120_000;

/** How long to wait after `failures` in a row: twice as long each time, anywhere in the upper half, so that phones do not march in step. */
export function waitAfter(failures: number, asked: number | null, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(asked ?? 0, whole / 2 + (whole / 2) * chance);
}
