import type { WritableDraft } from "immer";
import { type Added, certain, type Command, command, type Label } from "../command.ts";
import type { Draft, Layout } from "../draft.ts";
import { freeName, isName } from "../ids.ts";
import { asList, put, sameJson } from "../json.ts";
import { keyed } from "../references.ts";
import type { Scenario, Template, Words } from "../template.generated.ts";

/** Another document altogether, as by an import or a restored version: undo brings back the old one. */
export function replaceTemplate(draft: Draft, template: Template, layout: Layout = {}, key = "edit.import"): Command | null {
  return replaceDraft(draft, { template, layout }, { key });
}

/** Another draft altogether, as by a merge. */
export function replaceDraft(draft: Draft, other: Draft, label: Label): Command | null {
  if (sameJson(draft, other)) return null;
  return command(draft, label, (next) => {
    if (!sameJson(draft.template, other.template)) next.template = other.template as WritableDraft<Template>;
    if (!sameJson(draft.layout, other.layout)) next.layout = other.layout;
  });
}

export function addRole(draft: Draft, wanted = "role", title?: Words): Added {
  const id = freeName(isName(wanted) ? wanted : "role", new Set(Object.keys(draft.template.roles)));
  const edit = certain(draft, { key: "edit.add_role" }, (next) => { next.template.roles[id] = title === undefined ? {} : { title }; });
  return { command: edit, id };
}

/** Another name for a role: steps and scenarios follow. Null when it is taken or none. */
export function renameRole(draft: Draft, id: string, name: string): Command | null {
  const { roles } = draft.template;
  if (roles[id] === undefined || roles[name] !== undefined || !isName(name)) return null;
  return command(draft, { key: "edit.rename_role", params: { name } }, (next) => {
    next.template.roles = keyed(next.template.roles, id, name);
    giveSteps(draft, next, id, name);
    renameInScenarios(draft, next, id, name);
  });
}

/** Take a role away; its steps go to `instead`, or keep it, for the check to report. */
export function removeRole(draft: Draft, id: string, instead?: string): Command | null {
  if (draft.template.roles[id] === undefined) return null;
  return command(draft, { key: "edit.remove_role" }, (next) => {
    Reflect.deleteProperty(next.template.roles, id);
    if (instead !== undefined) giveSteps(draft, next, id, instead);
  });
}

function giveSteps(draft: Draft, next: WritableDraft<Draft>, from: string, to: string): void {
  for (const [id, node] of Object.entries(draft.template.nodes)) {
    if (node.kind === "step" && node.role === from) put(next.template.nodes[id], ["role"], to);
  }
}

/** `by` of an act is a role, or `role:2` for a second person of it. */
function renameInScenarios(draft: Draft, next: WritableDraft<Draft>, old: string, name: string): void {
  for (const [index, { acts }] of asList(draft.template.scenarios).entries()) {
    for (const [place, { by }] of asList(acts).entries()) {
      const [role, ...rest] = (by ?? "").split(":");
      if (role === old) put(next.template, ["scenarios", index, "acts", place, "by"], [name, ...rest].join(":"));
    }
  }
}

/** Another run in the place of a scenario that no longer holds; its name stays. Null when there is none of that name. */
export function replaceScenario(draft: Draft, name: string, scenario: Scenario): Command | null {
  const index = asList(draft.template.scenarios).findIndex((each) => each.name === name);
  if (index < 0) return null;
  return command(draft, { key: "edit.record_again" }, (next) => { put(next.template, ["scenarios", index], { ...scenario, name }); });
}

/** A scenario, such as one recorded while trying the template. Its name is made one of its own. */
export function addScenario(draft: Draft, scenario: Scenario): Command | null {
  const names = new Set(asList(draft.template.scenarios).map(({ name }) => name));
  let name = scenario.name;
  for (let number = 2; names.has(name); number += 1) name = `${scenario.name} ${number}`;
  return command(draft, { key: "edit.add_scenario" }, (next) => { (next.template.scenarios ??= []).push({ ...scenario, name } as WritableDraft<Scenario>); });
}
