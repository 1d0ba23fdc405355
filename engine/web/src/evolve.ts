import type {
  BranchesStarted, Event, LocksConfirmed, OrderOpened, PointLocked, PointUnlocked, StepOpened, StepResumed, StepStarted,
} from "./events.ts";
import { withKey, withoutKey } from "./json_values.ts";
import type { Lock, OpenVisit, State } from "./state.ts";
import { pointKey, visitNode } from "./state.ts";
import { elapsedMs } from "./time.ts";

/** The state after `event`. Nothing is checked: events are facts. `state` stays as it is. */
export function evolve(state: State, event: Event): State {
  return { ...changed(state, event), sequence: state.sequence + 1 };
}

type Change = Partial<State>;

function changed(state: State, event: Event): State {
  return { ...state, ...flowChange(state, event), ...workChange(state, event), ...orderChange(event) };
}

function orderChange(event: Event): Change {
  switch (event.type) {
    case "OrderOpened": return opened(event);
    case "OrderAssigned": return { assigned_to: event.person };
    case "OrderEnded": return { status: "ended", outcome: event.outcome, active: {}, joins: {} };
    case "OrderCancelled": return { status: "cancelled", active: {}, joins: {} };
    default: return {};
  }
}

function opened(event: OrderOpened): Change {
  return { status: "open", order: event.order };
}

function workChange(state: State, event: Event): Change {
  switch (event.type) {
    case "StepStarted": return started(state, event);
    case "StepResumed": return started(state, event);
    case "StepPaused": return visitChange(state, event.visit, paused(state, event.visit, event.at));
    case "StepCompleted": return { active: withoutKey(state.active, event.visit) };
    case "PointLocked": return { locks: withKey(state.locks, lockId(event), lockOf(event)) };
    case "LocksConfirmed": return { locks: confirmed(state, event) };
    case "PointUnlocked": return { locks: withoutKey(state.locks, unlockedId(event)) };
    default: return {};
  }
}

function flowChange(state: State, event: Event): Change {
  switch (event.type) {
    case "StepOpened": return { active: withKey(state.active, event.visit, visitOf(event)) };
    case "ReworkTaken": return { reworks: withKey(state.reworks, event.edge, (state.reworks[event.edge] ?? 0) + 1) };
    case "BranchesStarted": return { joins: withKey(state.joins, event.join, joinOf(event)) };
    case "BranchJoined": return { joins: arrivedAt(state, event.join) };
    case "JoinPassed": return { joins: withoutKey(state.joins, event.join) };
    default: return {};
  }
}

function visitOf(event: StepOpened): OpenVisit {
  return { node: event.node, number: event.number, status: "ready", by: null, since: event.at, worked_ms: 0 };
}

function joinOf(event: BranchesStarted): State["joins"][string] {
  return { expected: event.edges.length, arrived: 0 };
}

function arrivedAt(state: State, join: string): State["joins"] {
  const { expected = 0, arrived = 0 } = state.joins[join] ?? {};
  return withKey(state.joins, join, { expected, arrived: arrived + 1 });
}

function visitChange(state: State, visit: string, change: Partial<OpenVisit>): Change {
  const before = state.active[visit];
  return before === undefined ? {} : { active: withKey(state.active, visit, { ...before, ...change }) };
}

function started(state: State, event: StepStarted | StepResumed): Change {
  return visitChange(state, event.visit, { status: "running", by: event.by, since: event.at });
}

function paused(state: State, visit: string, at: string): Partial<OpenVisit> {
  const open = state.active[visit];
  return open === undefined ? {} : { status: "paused", since: at, worked_ms: workedMs(open, at) };
}

/** Milliseconds clocked on `open` until `at`; a clock that ran backwards adds nothing. */
export function workedMs(open: OpenVisit, at: string): number {
  if (open.status !== "running") return open.worked_ms;
  return open.worked_ms + elapsedMs(open.since, at);
}

function lockId(event: PointLocked): string {
  return pointKey(visitNode(event.visit), event.field, event.point);
}

function unlockedId(event: PointUnlocked): string {
  return `${event.gate}.${event.point}`;
}

function lockOf(event: PointLocked): Lock {
  return { visit: event.visit, by: event.by, at: event.at, photo: event.photo, confirmed_by: null };
}

function confirmed(state: State, event: LocksConfirmed): State["locks"] {
  const gate = pointKey(visitNode(event.visit), event.field, "");
  return Object.fromEntries(
    Object.entries(state.locks).map(([id, lock]) => [id, id.startsWith(gate) && lock.confirmed_by === null ? { ...lock, confirmed_by: event.by } : lock]),
  );
}
