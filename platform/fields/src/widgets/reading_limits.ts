import type { Json, JsonObject } from "@mendloop/engine";
import { setting } from "../host.ts";

export type Band = readonly [number, number];

export interface Limits {
  readonly norm: number | undefined;
  readonly tolerance: Band | undefined;
  readonly soft: Band | undefined;
  readonly hard: Band | undefined;
  readonly signed: boolean;
}

export interface Judgement {
  readonly state: "none" | "in" | "out" | "impossible";
  /** Beyond the soft limit: accepted with a reason. */
  readonly soft: boolean;
}

/** The limits that a reading's settings state. A single number as soft limit is the upper one. */
export function limitsOf(settings: JsonObject): Limits {
  const soft = setting<number | Band>(settings, "soft_limit");
  const hard = setting<Band>(settings, "hard_limit");
  const tolerance = setting<Band>(settings, "tolerance");
  const norm = setting<number>(settings, "norm");
  return {
    norm, tolerance, hard,
    soft: typeof soft === "number" ? [-Infinity, soft] : soft,
    signed: [hard?.[0], tolerance?.[0], norm].some((limit) => limit !== undefined && limit < 0),
  };
}

/** What `value` means under `limits`, said while it is being typed; the engine decides it again. */
export function judge(limits: Limits, value: Json | undefined): Judgement {
  if (typeof value !== "number") return { state: "none", soft: false };
  if (outside(limits.hard, value)) return { state: "impossible", soft: false };
  return { state: band(limits, value), soft: outside(limits.soft, value) };
}

function band(limits: Limits, value: number): "none" | "in" | "out" {
  if (limits.tolerance === undefined) return outside(limits.soft, value) ? "out" : "none";
  return outside(limits.tolerance, value) ? "out" : "in";
}

function outside(range: Band | undefined, value: number): boolean {
  return range !== undefined && (value < range[0] || value > range[1]);
}
