import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as engine from "../src/index.ts";
import type { JsonObject, PlanField } from "../src/index.ts";
import { field, jsonOf } from "./plan.ts";

type Engine = typeof engine;
type Tree = engine.Expr["tree"];

const AT = "2026-11-22T08:00:00.000Z";
const TYPES = [
  "instruction", "text", "long_text", "integer", "number", "boolean", "choice", "multi_choice", "date", "datetime", "photo", "checklist",
  "reading", "safety_gate", "scan", "parts", "signature", "table",
];
const text = (written: string): Tree => ["string", written];
const LIST: Tree = ["list", ["int", "1"]];
const TRUE: Tree = ["bool", true];
const PATTERN = { sets: [[97, 97]], code: [[0, 0], [4]] };
/** Each says something that is not always here. */
const EXPRESSIONS: Readonly<Record<string, Tree>> = {
  call: ["==", ["call", "size", text("ab")], ["int", "2"]],
  conversion: ["==", ["call", "string", ["call", "timestamp", text("2026-11-22T08:00:00Z")]], text("2026-11-22T08:00:00Z")],
  calendar: ["==", ["call", "getFullYear", ["call", "timestamp", text("2026-11-22T08:00:00Z")]], ["int", "2026"]],
  matches: ["matches", text("xa"), "a", PATTERN],
  all: ["all", LIST, 0, TRUE],
  exists: ["exists", LIST, 0, TRUE],
  exists_one: ["exists_one", LIST, 0, TRUE],
  filter: ["==", ["filter", LIST, 0, TRUE], LIST],
  map: ["==", ["map", LIST, 0, ["local", 0]], LIST],
  mapping: ["has", ["select", ["mapping", text("a"), TRUE], "a"]],
  uint: ["==", ["+", ["uint", "1"], ["uint", "1"]], ["uint", "2"]],
  bytes: ["<", ["bytes", "AAE="], ["+", ["bytes", "AAE="], ["bytes", "AAE="]]],
  type: ["==", ["call", "type", ["int", "1"]], ["type", "int"]],
};

let fresh: Engine;

beforeEach(async () => {
  vi.resetModules(); // what one plan has brought along is not there for the next
  fresh = await import("../src/index.ts");
});

async function problemsOf(fields: readonly PlanField[], answers: JsonObject = {}, plugins: Parameters<Engine["equip"]>[1] = {}): Promise<readonly string[]> {
  const plan = await fresh.equip(jsonOf(fields), plugins);
  const state = { ...fresh.initialState(), order: { number: "1", created: AT } };
  const views = fresh.evaluateStep(plan, "step_0", answers, new fresh.MemoryHistory(), state, AT);
  return Object.values(views).flatMap(({ problems }) => problems.map(({ code }) => code));
}

function checked(tree: Tree, reads: readonly (readonly string[])[] = [], cel: PlanField["cel"] = "string"): PlanField {
  const check = { id: "c", that: { source: "", tree, reads }, message: {}, level: "refuse" as const };
  return { ...field("seen", "text"), cel, checks: [check] };
}

describe("a plan that was equipped", () => {
  it.each(TYPES)("has the field type %s when it names it", async (type) => {
    expect(await problemsOf([field("one", type, { columns: [], evaluation_order: [], points: [], lines: [], items: [] })])).toEqual([]);
  });

  it.each(Object.entries(EXPRESSIONS))("can say what its expressions say: %s", async (_, tree) => {
    expect(await problemsOf([checked(tree)])).toEqual([]);
    expect(await problemsOf([checked(["!", tree])])).toEqual(["answer.check_failed"]);
  });

  it("reads the moments of its order, and what the time is", async () => {
    for (const [first, tree] of [["order", ["field", ["name", "order"], "created"]], ["now", ["name", "now"]]] as [string, Tree][]) {
      expect(await problemsOf([checked(["==", tree, tree], [[first]])])).toEqual([]);
      expect(await problemsOf([checked(["!=", tree, tree], [[first]])])).toEqual(["answer.check_failed"]);
    }
  });

  it.each(["timestamp", "duration", "bytes", "uint", "dyn"] as const)("reads answers of the type %s", async (cel) => {
    const json = { timestamp: "2026-11-22", duration: "1s", bytes: "AAE=", uint: "1", dyn: "x" }[cel];
    expect(await problemsOf([checked(["==", ["name", "seen"], ["name", "seen"]], [["seen"]], cel)], { seen: json })).toEqual([]);
  });

  it("searches for the patterns of its fields", async () => {
    const one = field("one", "text", { program: PATTERN, pattern: "a" });
    expect(await problemsOf([one], { one: "b" })).toEqual(["answer.pattern"]);
    expect(await problemsOf([one], { one: "a" })).toEqual([]);
  });

  it("says which type is missing that nobody has", async () => {
    expect(await problemsOf([field("one", "rating")])).toEqual(["field.type_missing"]);
  });
});

describe("a plugin", () => {
  const rating = async (): Promise<{ default: readonly (new () => engine.FieldType)[] }> => {
    const { FieldType } = await import("../src/index.ts");
    class Rating extends FieldType {
      readonly name = "rating";
      answerSchema(): JsonObject { return { enum: [1, 2] }; }
    }
    return { default: [Rating] };
  };

  it("brings its field type when a plan names it", async () => {
    expect(await problemsOf([field("one", "rating")], { one: 2 }, { rating })).toEqual([]);
    expect(await problemsOf([field("one", "rating")], { one: 3 }, { rating })).toEqual(["answer.malformed"]);
  });

  it("is left alone when no plan names its type", async () => {
    const broken = vi.fn(rating);
    await problemsOf([field("one", "text")], {}, { rating: broken });
    expect(broken).not.toHaveBeenCalled();
  });

  it("that cannot be fetched is said, not waited for", async () => {
    const gone = (): Promise<never> => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
    await expect(problemsOf([field("one", "rating")], {}, { rating: gone })).rejects.toThrow(fresh.PieceMissing);
  });
});

describe("a plan", () => {
  it("that was not loaded is refused before it says that a type is missing", () => {
    const plan = jsonOf([field("one", "text")]) as engine.Plan;
    expect(() => fresh.evaluateStep(plan, "step_0", {}, new fresh.MemoryHistory(), fresh.initialState(), AT)).toThrow(TypeError);
  });

  it("of another format is refused as it is loaded", async () => {
    await expect(fresh.equip({ plan: 2 })).rejects.toThrow(TypeError);
    await expect(fresh.equip("[]")).rejects.toThrow(TypeError);
  });
});
