import type { Event } from "./events.ts";
import type { Problem } from "./problems.ts";
import type { State } from "./state.ts";

/** The command holds: these events happened, and this is the state after them. */
export interface Accepted {
  readonly accepted: true;
  readonly events: readonly Event[];
  readonly state: State;
}

/** The command does not hold, for all these reasons. */
export interface Refused {
  readonly accepted: false;
  readonly problems: readonly Problem[];
}

export type Decision = Accepted | Refused;

/** What stands against a command, or its events. */
export type Outcome = { readonly problems: readonly Problem[] } | { readonly events: readonly Event[] };

/** The events, unless there are problems. */
export function unless(problems: readonly Problem[], ...events: Event[]): Outcome {
  return problems.length > 0 ? { problems } : { events };
}
