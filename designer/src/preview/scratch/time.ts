/** When every scenario begins: what is tried is recorded as one, and must come out the same. */
export const START = "2026-01-05T08:00:00.000Z";

const MINUTE_MS = 60_000;

/** The moment so many minutes after another. */
export function later(at: string, minutes: number): string {
  return new Date(Date.parse(at) + Math.round(minutes * MINUTE_MS)).toISOString();
}
