import { beforeAll, describe, expect, it, vi } from "vitest";
import { rangeText, summaryOf } from "../../src/fields/summary.ts";
import type { Field } from "../../src/model/index.ts";
import { speak, speakOfMore } from "../../src/words/index.ts";

const en = (word: string): Record<string, string> => ({ en: word, "zh-CN": word });

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await speak("en");
  await speakOfMore();
});

describe("a closed card says", () => {
  const told: readonly (readonly [string, Field, string])[] = [
    ["range and soft limit of a reading", { id: "r", type: "reading", unit: "mm", tolerance: [0, 0.05], soft_limit: 0.08 }, "0–0.05 mm, soft limit 0.08"],
    ["that a reading has no unit yet", { id: "r", type: "reading", norm: 2 } as unknown as Field, "no unit yet, norm 2"],
    ["that a reading has no tolerance yet", { id: "r", type: "reading", unit: "bar", norm: 2 }, "bar, no tolerance yet, norm 2"],
    ["one end of a range", { id: "r", type: "reading", unit: "MΩ", tolerance: [2, null] }, "≥ 2 MΩ"],
    ["items and their demands", { id: "c", type: "checklist", items: [1, 2, 3, 4].map((n) => ({ id: `i${n}`, label: en("x"), ...(n < 3 ? { not_ok: { photo: 1 } } : {}) })) }, "4 items, 2 demand a photo"],
    ["shots and pairs", { id: "p", type: "photo", shots: [{ id: "a" }, { id: "b", pair: "p.a" }, { id: "c" }] }, "3 shots, 1 pair"],
    ["one of a thing as one", { id: "p", type: "photo", shots: [{ id: "a" }], camera_only: true }, "1 shot, camera only"],
    ["the beginning of an instruction", { id: "i", type: "instruction", text: en("Cut the power.\nThen wait."), safety: [{ level: "danger", text: en("x") }] }, "Cut the power, 1 safety note"],
    ["options by name", { id: "o", type: "choice", options: ["Blocked", "Worn", "Broken", "Other"].map((word) => ({ id: word.toLowerCase(), label: en(word) })) }, "Blocked / Worn / Broken and 1 more"],
    ["points of a gate", { id: "g", type: "safety_gate", points: ["V3", { id: "plug" }], second_person: true }, "2 points, second person confirms"],
    ["whose locks are removed", { id: "g", type: "safety_gate", removes: "isolate.loto" }, "takes off the locks of isolate › loto"],
    ["what a code must be", { id: "s", type: "scan", expect: { part: "SEAL-40" }, multiple: true }, "must be part SEAL-40, several"],
    ["planned parts", { id: "u", type: "parts", lines: [{ part: "A", required: true }, { part: "B" }], allow_other: false }, "2 parts planned, 1 must be told, no others"],
    ["rows of a table", { id: "t", type: "table", columns: [{ id: "c", type: "text" }], rows: { min: 1, max: 5 } }, "1 column, 1–5 rows"],
    ["that it is computed", { id: "n", type: "number", unit: "mm", value: "1 + 1" }, "computed, mm"],
    ["nothing where there is nothing to say", { id: "b", type: "boolean" }, ""],
  ];
  it.each(told)("%s", (_, field, words) => { expect(summaryOf(field)).toBe(words); });

  it("whose locks are removed as people call them", () => {
    const gate = { id: "loto", type: "safety_gate", label: en("Lock and tag") } as const;
    const nodes = { isolate: { kind: "step", role: "engineer", title: en("Stop and isolate"), next: [], fields: [gate] } } as const;
    expect(summaryOf({ id: "g", type: "safety_gate", removes: "isolate.loto" }, { nodes })).toBe("takes off the locks of Stop and isolate › Lock and tag");
  });

  it("the same in Chinese", async () => {
    await speak("zh-CN");
    expect(summaryOf({ id: "r", type: "reading", unit: "mm", tolerance: [0, 0.05], soft_limit: 0.08 })).toBe("0–0.05 mm，警戒限 0.08");
    await speak("en");
  });
});

describe("a range", () => {
  it("is written so that minus and dash are told apart", () => { expect(rangeText(-5, 40, "°C")).toBe("-5 … 40 °C"); });
  it("with no ends is the unit", () => { expect(rangeText(null, null, "V")).toBe("V"); });
});
