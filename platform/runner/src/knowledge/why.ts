import type { Words } from "@mendloop/engine";
import { listed, read, say } from "../words/index.ts";
import type { KnownCases, Reason } from "./types.ts";

const MARK = /[+-]$/;

/** What checks, codes and products are called. */
export type Names = Pick<KnownCases, "faults" | "products" | "checks">;

/** Why a case is shown, in one line. */
export function why(reasons: readonly Reason[], product: string, names: Names): string {
  return listed(reasons.map((reason) => because(reason, product, names)));
}

function because({ kind, detail }: Reason, product: string, names: Names): string {
  switch (kind) {
    case "check": return checked(detail, names);
    case "fault": return say("cases.why_fault", { code: named(names.faults, detail) });
    case "position": return say("cases.why_position", { position: detail });
    case "product": return detail === product ? say("cases.why_product") : say("cases.why_family", { family: named(names.products, detail) });
    case "words": return say("cases.why_words", { words: listed(detail.split(",")) });
    case "helped":
    case "not_helped": {
      const [n = "", of = ""] = detail.split("/");
      return say(`cases.why_${kind}`, { n, of });
    }
  }
}

function checked(detail: string, names: Names): string {
  const check = named(names.checks, detail.replace(MARK, ""));
  if (detail.endsWith("+")) return say("cases.why_above", { check });
  return say(detail.endsWith("-") ? "cases.why_below" : "cases.why_check", { check });
}

/** What a check is called, with an arrow where it was above or below its limits. */
export function checkLabel(check: string, names: Names): string {
  const arrow = check.endsWith("+") ? " ↑" : check.endsWith("-") ? " ↓" : "";
  return named(names.checks, check.replace(MARK, "")) + arrow;
}

function named(names: Readonly<Record<string, Words>>, key: string): string {
  return read(names[key]) || key;
}
