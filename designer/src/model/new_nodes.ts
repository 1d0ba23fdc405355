import type { Node, Step, Template, Words } from "./template.generated.ts";

/** What new nodes begin with: enough to be understood, little to be deleted. */

export type NodeKind = Node["kind"];

export const NODE_TITLES: Readonly<Record<NodeKind, Words>> = {
  step: { "zh-CN": "新步骤", en: "New step" },
  choice: { "zh-CN": "判断", en: "Choice" },
  parallel: { "zh-CN": "并行", en: "Side by side" },
  join: { "zh-CN": "汇合", en: "Back together" },
  end: { "zh-CN": "已修复", en: "Repaired" },
};

/** How orders end, in every company: by these figures count. An end may name another outcome. */
export const OUTCOMES: Readonly<Record<string, Words>> = {
  repaired: NODE_TITLES.end,
  not_repaired: { "zh-CN": "未修复", en: "Not repaired" },
  scrapped: { "zh-CN": "已报废", en: "Scrapped" },
  returned: { "zh-CN": "未修退回", en: "Returned unrepaired" },
};

/** An outcome as people say it; one that only this company has, by its name. */
export function outcomeWords(outcome: string): Words {
  return Object.hasOwn(OUTCOMES, outcome) ? (OUTCOMES[outcome] ?? {}) : { en: outcome.replaceAll("_", " ") };
}

export function branchTitle(number: number): Words {
  return { "zh-CN": `并行步骤 ${number}`, en: `Branch ${number}` };
}

/** The role of a new step: the first of the template. */
export function firstRole({ roles }: Template): string {
  return Object.keys(roles)[0] ?? "engineer";
}

export const FIRST_ROLE = { title: { "zh-CN": "维修工程师", en: "Engineer" } } as const;

export function newStep(template: Template, title: Words = NODE_TITLES.step): Step {
  return { kind: "step", role: firstRole(template), title, fields: [], next: [] };
}
