import type { JSX } from "preact";
import type { Limits } from "./reading_limits.ts";

const WIDTH = 300;

/** Where a value stands against its tolerance, as a picture. The words beside it say the same. */
export function Gauge({ limits, value }: { readonly limits: Limits; readonly value: number | null }): JSX.Element | null {
  const band = limits.tolerance;
  if (band === undefined || band[1] <= band[0]) return null;
  const low = band[0] - (band[1] - band[0]) * 0.5;
  const high = band[1] + (band[1] - band[0]) * 0.5;
  const place = (number: number): number => (WIDTH * (Math.min(high, Math.max(low, number)) - low)) / (high - low);
  const out = value !== null && (value < band[0] || value > band[1]);
  return (
    <svg class="gauge" viewBox={`-8 0 ${WIDTH + 16} 28`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" x="0" y="10" width={WIDTH} height="8" rx="4" />
      <rect class="band" x={place(band[0])} y="8" width={place(band[1]) - place(band[0])} height="12" rx="3" />
      {value === null ? null : <path class={`needle${out ? " out" : ""}`} d={`M${place(value) - 4} 0h8v28h-8z`} />}
    </svg>
  );
}
