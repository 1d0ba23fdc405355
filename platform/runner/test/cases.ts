import type { Asked, KnownCase } from "../src/knowledge/types.ts";
import { words } from "./plan.ts";

export const HARBOUR = "pump/centrifugal/harbour-80";

export function known(id: string, change: Partial<KnownCase> = {}): KnownCase {
  return {
    id, kind: "case", number: "2026-00001", title: words(id), symptom: {}, cause: {}, remedy: {}, more: {}, products: [HARBOUR], positions: [], faults: [],
    cause_codes: [], checks: [], parts: [], template: "pump.overhaul", helped: 0, not_helped: 0, minutes: 90, closed_at: "2026-11-01T08:00:00.000Z", ...change,
  };
}

export function asked(change: Partial<Asked> = {}): Asked {
  return { product: HARBOUR, faults: [], text: "", positions: [], checks: [], template: "pump.overhaul", place: null, ...change };
}
