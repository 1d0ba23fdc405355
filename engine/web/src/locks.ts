import type { ConfirmLocks, LockPoint, Read, UnlockPoint } from "./commands.ts";
import type { Outcome } from "./decision.ts";
import { unless } from "./decision.ts";
import type { AnswersRecorded } from "./events.ts";
import { ids } from "./fields/limits.ts";
import type { History } from "./history.ts";
import type { Json, JsonObject } from "./json_values.ts";
import { isObject, own, withKey } from "./json_values.ts";
import type { Plan, PlanField } from "./plan.ts";
import { stepOf } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { problem } from "./problems.ts";
import type { Lock, State } from "./state.ts";
import { pointKey } from "./state.ts";
import { NOT_OPEN, notWorking } from "./visits.ts";

/** A point of the gate that is not locked yet, with its photo where one is demanded. */
export function lockPoint(plan: Plan, state: State, command: Read<LockPoint>): Outcome {
  const { by, at, visit: id, field, point, photo } = command;
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const idle = notWorking(visit, by);
  const gate = gateOf(plan, visit.node, field);
  if (gate === undefined) return { problems: [...idle, unknownField(visit.node, field)] };
  const problems = [...idle, ...notLockable(gate, visit.node, state, command)];
  return unless(problems, { type: "PointLocked", by, at, visit: id, field, point, photo });
}

function notLockable(gate: PlanField, node: string, state: State, { point, photo }: Read<LockPoint>): Problem[] {
  const element = `${node}.${gate.id}`;
  const problems: Problem[] = [];
  if (!ids(gate.settings, "points").includes(point)) problems.push(problem("safety.unknown_point", "/point", element, { point }));
  else if (standing(state, node, gate, point) !== undefined) problems.push(problem("safety.already_locked", "/point", element, { point }));
  if (gate.settings["photo"] === true && photo === null) problems.push(problem("safety.photo_missing", "/photo", element, { point }));
  return problems;
}

function standing(state: State, node: string, gate: PlanField, point: string): Lock | undefined {
  return own(state.locks, pointKey(node, gate.id, point));
}

/** All points are locked, and somebody else than who locked them says so. */
export function confirmLocks(plan: Plan, state: State, command: Read<ConfirmLocks>): Outcome {
  const { by, at, roles, visit: id, field } = command;
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const known = Object.keys(plan.roles);
  const lacking = roles.some((role) => known.includes(role)) ? [] : [problem("role.missing", "/roles", visit.node, { role: known.join(", ") })];
  const gate = gateOf(plan, visit.node, field);
  if (gate === undefined) return { problems: [...lacking, unknownField(visit.node, field)] };
  return unless([...lacking, ...unconfirmable(gate, visit.node, state, by)], { type: "LocksConfirmed", by, at, visit: id, field });
}

function unconfirmable(gate: PlanField, node: string, state: State, by: string): readonly Problem[] {
  const element = `${node}.${gate.id}`;
  const points = ids(gate.settings, "points");
  const unlocked = points.filter((point) => standing(state, node, gate, point) === undefined);
  if (unlocked.length > 0) return unlocked.map((point) => problem("safety.not_locked", "/field", element, { point }));
  const open = points.flatMap((point) => standing(state, node, gate, point) ?? []).filter((lock) => lock.confirmed_by === null);
  if (gate.settings["second_person"] !== true || open.length === 0) return [problem("safety.nothing_to_confirm", "/field", element)];
  return open.some((lock) => lock.by === by) ? [problem("safety.second_person_same", "/by", element)] : [];
}

/** One's own lock: in the step that removes the gate, or in the gate's own step, to set it right. */
export function unlockPoint(plan: Plan, state: State, command: Read<UnlockPoint>, history: History): Outcome {
  const { by, at, visit: id, field, point } = command;
  const visit = own(state.active, id);
  if (visit === undefined) return { problems: NOT_OPEN };
  const idle = notWorking(visit, by);
  const gate = gateOf(plan, visit.node, field);
  if (gate === undefined) return { problems: [...idle, unknownField(visit.node, field)] };
  const removes = gate.settings["removes"];
  const name = typeof removes === "string" ? removes : `${visit.node}.${gate.id}`;
  const problems = [...idle, ...notRemovable(own(state.locks, `${name}.${point}`), command, `${visit.node}.${gate.id}`)];
  const noted = typeof removes === "string" ? [removalNoted(command, own(history.draft(id), gate.id))] : [];
  return unless(problems, { type: "PointUnlocked", by, at, visit: id, field, point, gate: name }, ...noted);
}

function notRemovable(lock: Lock | undefined, { by, point }: Read<UnlockPoint>, element: string): Problem[] {
  if (lock === undefined) return [problem("safety.no_such_lock", "/point", element, { point })];
  return lock.by === by ? [] : [problem("safety.not_your_lock", "/point", element, { point })];
}

/** The removal, kept with the visit's answers: locks that are gone are no longer in the state. */
function removalNoted({ by, at, visit, field, point }: Read<UnlockPoint>, draft: Json | undefined): AnswersRecorded {
  const before = isObject(draft) ? (draft["points"] as JsonObject) : {};
  const answers = { [field]: { points: withKey<Json>(before, point, { by, at }) } };
  return { type: "AnswersRecorded", by, at, visit, answers };
}

/** The step's field of that name, if it is a safety gate. */
function gateOf(plan: Plan, node: string, name: string): PlanField | undefined {
  return stepOf(plan, node).fields.find(({ id, type }) => id === name && type === "safety_gate");
}

function unknownField(node: string, name: string): Problem {
  return problem("answer.unknown_field", "/field", `${node}.${name}`, { field: name });
}
