import { type Json, type JsonObject, type PlanField, pointKey, type State, type StepNode } from "@mendloop/engine";
import { madeUpPhoto } from "../scenario/photos.ts";
import { somebodyElse } from "./people.ts";
import type { Asked } from "./run.ts";

/** What locks (and has somebody confirm) the step's gates, or takes their locks off. The same as in the engine's scenarios. */
export function lockActs(step: StepNode, visit: string, by: string, state: State): readonly Asked[] {
  return step.fields.filter(({ type }) => type === "safety_gate").flatMap((gate) => {
    const common: JsonObject = { visit, field: gate.id };
    const removes = gate.settings["removes"];
    return typeof removes === "string" ? unlocks(removes, common, by, state) : locks(step, gate, visit, by, state);
  });
}

function unlocks(removes: string, common: JsonObject, by: string, state: State): readonly Asked[] {
  const keys = Object.keys(state.locks).filter((key) => key.startsWith(`${removes}.`));
  return keys.map((key) => asked("UnlockPoint", { ...common, point: key.slice(removes.length + 1) }, by));
}

function locks(step: StepNode, gate: PlanField, visit: string, by: string, state: State): readonly Asked[] {
  const common: JsonObject = { visit, field: gate.id };
  const points = (gate.settings["points"] ?? []) as unknown as readonly { readonly id: string }[];
  const missing = points.filter(({ id }) => state.locks[pointKey(step.id, gate.id, id)] === undefined);
  const photo: Json = gate.settings["photo"] === true ? madeUpPhoto(visit) : null;
  const taken = missing.map(({ id }) => asked("LockPoint", { ...common, point: id, photo }, by));
  const unconfirmed = points.some(({ id }) => state.locks[pointKey(step.id, gate.id, id)]?.confirmed_by === null);
  const confirms = gate.settings["second_person"] === true && (missing.length > 0 || unconfirmed);
  return confirms ? [...taken, asked("ConfirmLocks", common, somebodyElse(by))] : taken;
}

function asked(type: Asked["type"], payload: JsonObject, by: string): Asked {
  return { type, payload, by, minutes: 0 };
}
