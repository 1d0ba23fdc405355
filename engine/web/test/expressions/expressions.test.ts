import { describe, expect, it } from "vitest";
import { ABSENT, compileTree, EvaluationError, fromJson, learnEverything, objectOf, search, toJson } from "../../src/expressions/index.ts";
import type { Env, Tree, Type, Value } from "../../src/expressions/index.ts";

learnEverything();

const READING: Type = objectOf({ value: "double", reason: "string" });
const NAMES: Type = objectOf({ runout: READING, attempts: "int", created: "timestamp" });
const names = (json: unknown): Env => fromJson(NAMES, json) as Env;

const VALUE: Tree = ["field", ["name", "runout"], "value"];
const TOO_MUCH: Tree = [">", VALUE, ["double", 0.05]];

describe("a condition of a plan", () => {
  const condition = compileTree(["&&", TOO_MUCH, ["<", ["name", "attempts"], ["int", "3"]]]);

  it("holds or not by the answers", () => {
    expect(condition(names({ runout: { value: 0.06 }, attempts: 1 }))).toBe(true);
    expect(condition(names({ runout: { value: 0.06 }, attempts: 3 }))).toBe(false);
  });

  it("is absent when it needs an answer that is not there", () => {
    expect(condition(names({ attempts: 1 }))).toBe(ABSENT);
    expect(condition(names({ runout: { value: null }, attempts: 1 }))).toBe(ABSENT);
    expect(condition(names({ runout: {}, attempts: 9 }))).toBe(false);
  });

  it("fails with a kind when the data has another type", () => {
    expect(condition(names({ runout: { value: "much" }, attempts: 1 }))).toEqual(new EvaluationError("type"));
  });
});

describe("names", () => {
  it("that objects inherit are not there", () => {
    for (const name of ["constructor", "__proto__", "toString"]) {
      expect(compileTree(["name", name])(names({}))).toBe(ABSENT);
      expect(compileTree(["field", ["name", "runout"], name])(names({ runout: {} }))).toBe(ABSENT);
    }
  });
});

describe("values", () => {
  it("go to JSON and back by their type", () => {
    const cases: [Type, unknown][] = [
      ["int", "9223372036854775807"], ["double", 0.1], ["timestamp", "2026-11-22T10:00:00.5Z"], ["duration", "-90.5s"],
      [{ list: READING }, [{ value: 1, reason: "中文" }, {}]], [{ map: ["string", "bytes"] }, { a: "AAE=" }],
    ];
    for (const [type, json] of cases) expect(toJson(fromJson(type, json))).toEqual(json);
  });

  it("read a date as midnight UTC", () => {
    expect(toJson(fromJson("timestamp", "2026-11-22"))).toBe("2026-11-22T00:00:00Z");
  });

  it("count whole numbers exactly", () => {
    const sum = compileTree(["+", ["int", "9007199254740992"], ["int", "1"]]);
    expect(sum(names({}))).toBe(9007199254740993n);
    expect(compileTree(["+", ["int", "9223372036854775807"], ["int", "1"]])(names({}))).toEqual(new EvaluationError("overflow"));
  });
});

describe("an evaluation", () => {
  it("ends after its steps, whatever the macros ask for", () => {
    const list: Tree = ["list", ...Array.from({ length: 100 }, () => ["int", "1"])];
    const nested = (depth: number): Tree => (depth === 0 ? ["bool", true] : ["all", list, 4 - depth, nested(depth - 1)]);
    expect(compileTree(nested(4))(names({}))).toEqual(new EvaluationError("too_costly"));
  });

  it("leaves no trace for the next one", () => {
    const run = compileTree(["filter", ["list", ["int", "1"], ["int", "2"]], 0, [">", ["local", 0], ["int", "1"]]]);
    const results: Value[] = [run(names({})), run(names({}))];
    expect(results).toEqual([[2n], [2n]]);
  });
});

describe("a pattern's program", () => {
  it("finds the pattern anywhere, in characters rather than code units", () => {
    const oneCharacter = { sets: [[0, 9, 11, 0x10ffff]], code: [[3, 0], [0, 0], [3, 1], [4]] };
    expect([search(oneCharacter, "😀"), search(oneCharacter, "ab"), search(oneCharacter, "\n")]).toEqual([true, false, false]);
  });
});
