import { readFileSync } from "node:fs";
import { canonicalText, type Json } from "@mendloop/engine";
import type { Command, Draft, Field, Step, Template } from "../../src/model/index.ts";

const ROOT = new URL("../../../builtin_templates/", import.meta.url);

export function builtIn(name: string): Template {
  return JSON.parse(readFileSync(new URL(`${name}.json`, ROOT), "utf8")) as Template;
}

export const BUILT_IN = ["pump/overhaul", "washing_machine/does_not_drain", "air_conditioner/does_not_cool", "phone/screen_replacement"];

export function draftOf(template: Template): Draft {
  return { template, layout: {} };
}

export function text(draft: Draft): string {
  return canonicalText(draft as unknown as Json);
}

/** The draft after an edit that has to be one, and that can be taken back. */
export function after(draft: Draft, edit: Command | null): Draft {
  if (edit === null) throw new Error("no edit was made");
  const done = edit.apply(draft);
  if (text(edit.revert(done)) !== text(draft)) throw new Error(`${edit.label.key} cannot be taken back`);
  if (text(edit.revert(structuredClone(done))) !== text(draft)) throw new Error(`${edit.label.key} cannot be taken back by patches`);
  if (text(edit.apply(structuredClone(draft))) !== text(done)) throw new Error(`${edit.label.key} cannot be done by patches`);
  return done;
}

export function step(draft: Draft, id: string): Step {
  const node = draft.template.nodes[id];
  if (node?.kind !== "step") throw new Error(`${id} is no step`);
  return node;
}

export function field(draft: Draft, node: string, id: string): Field {
  const found = (step(draft, node).fields ?? []).find((each) => each.id === id);
  if (found === undefined) throw new Error(`${node} has no field ${id}`);
  return found;
}

/** A pump: measured, put together, inspected; what is rejected comes back. */
export function pump(): Draft {
  return draftOf({
    format: 1,
    key: "pump",
    title: { "zh-CN": "泵", en: "Pump" },
    roles: { engineer: {}, inspector: {} },
    start: "measure",
    nodes: {
      measure: {
        kind: "step", role: "engineer", title: { "zh-CN": "测量", en: "Measure" },
        fields: [
          { id: "runout", type: "reading", unit: "mm" },
          { id: "double", type: "number", value: "runout.value * 2.0" },
          { id: "before", type: "photo", shots: [{ id: "front", pair: "assemble.done.front" }, { id: "back", pair: "before.front" }] },
          { id: "verdict", type: "choice", options: [{ id: "good", label: { en: "Good" } }, { id: "bad", label: { en: "Bad" } }] },
        ],
        next: [{ to: "replace", when: "runout.value > 0.05 && 'runout' != '' && verdict == 'bad'" }, { to: "assemble" }],
      },
      replace: { kind: "step", role: "engineer", title: { en: "Replace" }, next: [{ to: "assemble" }] },
      assemble: {
        kind: "step", role: "engineer", title: { en: "Assemble" },
        fields: [
          { id: "runout", type: "number", visible: "steps.measure.runout.value > 1.0 || visits.measure.all(v, v.runout.value < runout)" },
          { id: "done", type: "photo", shots: [{ id: "front", pair: "measure.before.front" }] },
        ],
        next: [{ to: "inspect" }],
      },
      inspect: {
        kind: "step", role: "inspector", title: { en: "Inspect" }, not_same_person_as: ["assemble"],
        fields: [{ id: "why", type: "text" }, { id: "ok", type: "boolean" }],
        next: [{ to: "assemble", rework: true, when: "!ok", limit: 2, exit: "scrap", reason_field: "why" }, { to: "end" }],
      },
      scrap: { kind: "end", outcome: "scrapped" },
      end: { kind: "end", outcome: "repaired" },
    },
    scenarios: [{
      name: "good",
      acts: [
        { do: "complete", step: "measure", by: "engineer:2", answers: { runout: { value: 0.01 }, verdict: "good", before: { front: "@photo" } } },
        { do: "complete", step: "inspect", answers: { why: "" }, reasons: { why: "" } },
      ],
      expect: { ended: "repaired", visits: { measure: 1 }, completed: ["measure", "assemble"] },
    }],
  });
}
