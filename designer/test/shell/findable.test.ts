import { beforeAll, expect, it, vi } from "vitest";
import type { Template } from "../../src/model/index.ts";
import { findables } from "../../src/shell/findable.ts";
import { speak, speakOfMore } from "../../src/words/index.ts";

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: { lang: "" } });
  await speak("zh-CN");
  await speakOfMore();
});

const TEMPLATE = {
  format: 1, key: "fan", title: { "zh-CN": "风机盘管" }, roles: { engineer: { title: { "zh-CN": "维修工程师" } } }, start: "step_4",
  nodes: {
    step_4: {
      kind: "step", role: "engineer", title: { "zh-CN": "换电机" }, next: [{ to: "end" }],
      fields: [{ id: "parts", type: "parts", lines: [{ part: "CAP-35", label: { "zh-CN": "电容" } }, { part: "FAN-1" }] }],
    },
    end: { kind: "end", outcome: "repaired" },
  },
} as unknown as Template;

it("says of everything that can be found what it is called and what it is in, never how machines call it", () => {
  const told = findables(TEMPLATE).map(({ label, about }) => `${label} | ${about}`);
  expect(told).toEqual(["风机盘管 | ", "维修工程师 | ", "换电机 | 步骤", "备件 | 换电机", "电容 | 换电机 › 备件", "FAN-1 | 换电机 › 备件", "结束 | 结束"]);
});

it("is found by what machines call it all the same", () => {
  expect(findables(TEMPLATE).map(({ name }) => name)).toContain("step_4.parts.CAP-35");
});
