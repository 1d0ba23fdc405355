import type { KnownCases } from "../knowledge/types.ts";
import type { OrderParts } from "../parts/types.ts";
import type { CommandsAnswer, FullOrder, RecommendedParts } from "./types.ts";

/** Enough of a look at an answer to know that it is what was asked for, not a page that came between. */
export function isListed<T>(answer: unknown, name: string): answer is Record<string, readonly T[]> & { orders: readonly T[]; parts: readonly T[] } {
  return isRecord(answer) && Array.isArray(answer[name]);
}

export function isFullOrder(answer: unknown, id: string): answer is FullOrder {
  return isRecord(answer) && answer["id"] === id && isRecord(answer["state"]) && Array.isArray(answer["visits"]);
}

export function isRecommendedParts(answer: unknown): answer is RecommendedParts {
  return isRecord(answer) && isRecord(answer["orders"]) && isRecord(answer["parts"]);
}

export function isOrderParts(answer: unknown, order: string): answer is OrderParts {
  return isRecord(answer) && answer["order"] === order && Array.isArray(answer["parts"]) && Array.isArray(answer["explanations"]);
}

export function isKnownCases(answer: unknown): answer is KnownCases {
  return isRecord(answer) && Array.isArray(answer["cases"]) && Array.isArray(answer["votes"]);
}

export function isCommandsAnswer(answer: unknown): answer is CommandsAnswer {
  return isRecord(answer) && typeof answer["epoch"] === "string" && Array.isArray(answer["answers"]) && answer["answers"].every(isAnswer);
}

const STATUSES: readonly unknown[] = ["applied", "duplicate", "held", "conflict", "rejected"];

function isAnswer(answer: unknown): boolean {
  return isRecord(answer) && typeof answer["id"] === "string" && STATUSES.includes(answer["status"]) && Array.isArray(answer["problems"]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
