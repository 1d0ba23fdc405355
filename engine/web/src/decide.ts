import type { Command } from "./commands.ts";
import type { Event } from "./events.ts";
import type { History } from "./history.ts";
import type { Plan } from "./plan.ts";
import type { Problem } from "./problems.ts";
import type { State } from "./state.ts";

export interface Accepted {
  readonly accepted: true;
  readonly events: readonly Event[];
  readonly state: State;
}

export interface Refused {
  readonly accepted: false;
  readonly problems: readonly Problem[];
}

export type Decision = Accepted | Refused;

/** What becomes of `command`: its events and the state after them, or everything that is wrong with it. */
export function decide(plan: Plan, state: State, command: Command, history: History): Decision {
  throw new Error(`not decided yet: ${plan.key} ${state.status} ${command.type} ${history.count(plan.start)}`);
}
