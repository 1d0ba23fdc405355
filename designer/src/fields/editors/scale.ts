/** What a reading is judged by. Open ends are null. */
export interface Marks {
  readonly norm: number | null;
  readonly tolerance: readonly [number | null, number | null];
  readonly soft: readonly [number | null, number | null];
}

export type MarkName = "norm" | "low" | "high" | "soft_low" | "soft_high";

export interface Domain {
  readonly from: number;
  readonly to: number;
}

/** The marks that are set, by name. */
export function marksOf({ norm, tolerance, soft }: Marks): readonly (readonly [MarkName, number])[] {
  const all: readonly (readonly [MarkName, number | null])[] = [["soft_low", soft[0]], ["low", tolerance[0]], ["norm", norm], ["high", tolerance[1]], ["soft_high", soft[1]]];
  return all.filter((each): each is readonly [MarkName, number] => each[1] !== null);
}

const ROOM = 0.25;

/** From where to where the scale goes: all marks, with room at both sides to drag them further. */
export function domainOf(marks: Marks): Domain {
  const values = marksOf(marks).map(([, value]) => value);
  if (values.length === 0) return { from: 0, to: 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const width = high - low || Math.abs(high) || 1;
  return { from: low - ROOM * width, to: high + ROOM * width };
}

export function shareOf(value: number, { from, to }: Domain): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}

/** The smallest step by which a mark moves: about a hundredth of the scale, as people write numbers. */
export function stepOf({ from, to }: Domain): number {
  const rough = (to - from) / 100;
  const power = 10 ** Math.floor(Math.log10(rough));
  return (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1) * power;
}

/** The value at a share of the scale, on its steps. */
export function valueAt(share: number, domain: Domain): number {
  return onStep(domain.from + share * (domain.to - domain.from), stepOf(domain));
}

/** The nearest multiple of the step, without what computing leaves behind the last digit. */
export function onStep(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Number((Math.round(value / step) * step).toFixed(Math.min(12, digits)));
}

const ORDER: readonly MarkName[] = ["soft_low", "low", "norm", "high", "soft_high"];

/** `value` for a mark, no further than its neighbours: ranges are never upside down. */
export function kept(name: MarkName, value: number, marks: Marks): number {
  const place = ORDER.indexOf(name);
  const others = marksOf(marks).filter(([other]) => other !== name);
  const below = others.filter(([other]) => ORDER.indexOf(other) < place).map(([, each]) => each);
  const above = others.filter(([other]) => ORDER.indexOf(other) > place).map(([, each]) => each);
  return Math.max(Math.min(value, ...above), ...below);
}

/** The marks with one of them elsewhere. */
export function withMark(marks: Marks, name: MarkName, value: number): Marks {
  const { norm, tolerance: [low, high], soft: [softLow, softHigh] } = marks;
  switch (name) {
    case "norm": return { ...marks, norm: value };
    case "low": return { norm, tolerance: [value, high], soft: marks.soft };
    case "high": return { norm, tolerance: [low, value], soft: marks.soft };
    case "soft_low": return { norm, tolerance: marks.tolerance, soft: [value, softHigh] };
    case "soft_high": return { norm, tolerance: marks.tolerance, soft: [softLow, value] };
  }
}
