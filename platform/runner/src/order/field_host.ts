import type { Json, OrderFacts } from "@mendloop/engine";
import type { FieldHost, PartFound } from "@mendloop/fields";
import { computed } from "@preact/signals";
import type { Runner } from "../runner.ts";
import { language, read, say } from "../words/index.ts";
import { explain } from "../words/problems.ts";
import { moment } from "../words/times.ts";
import type { LiveOrder } from "./live_order.ts";
import { labelOfPoint } from "./point_label.ts";
import { withNames } from "./problem_names.ts";

/** What the fields of one visit ask of the app. */
export function fieldHost(runner: Runner, order: LiveOrder, visit: string, step: string): FieldHost {
  return {
    language, say, read, step,
    explain: (problem) => explain(withNames(order, problem)),
    person: { id: runner.session.person_id, name: runner.session.name },
    nameOf: (person) => nameOf(runner, order, person),
    timeOf: moment,
    photos: runner.keeper,
    findParts: async (query) => await findParts(runner, query),
    recommended: () => runner.recommended.of(order.id, step),
    order: computed(() => factsOf(order)),
    locks: computed(() => order.record.value.order.state.locks),
    earlierShots: (pair) => earlierShots(order, pair),
    labelOfPoint: (gate, point) => labelOfPoint(order, gate, point),
    gate: {
      lock: async (field, point, photo) => await order.do({ type: "LockPoint", payload: { visit, field, point, ...(photo === null ? {} : { photo }) } }),
      unlock: async (field, point) => await order.do({ type: "UnlockPoint", payload: { visit, field, point } }),
    },
  };
}

export function nameOf(runner: Runner, order: LiveOrder, person: string | null): string {
  if (person === null) return "";
  return person === runner.session.person_id ? runner.session.name : (order.record.value.order.people[person] ?? person);
}

function factsOf(order: LiveOrder): OrderFacts {
  return order.record.value.order.facts;
}

async function findParts(runner: Runner, query: string): Promise<readonly PartFound[]> {
  const found = await runner.attempt(async () => await runner.client.parts(query));
  return (found ?? []).map(({ number, name, unit, fits = [], serial_tracked: serial = false }) => ({ id: number, label: name, unit, fits, serial }));
}

/** Pictures of `step.field.shot` from the latest visit that has some; open visits count too. */
function earlierShots(order: LiveOrder, pair: string): readonly string[] {
  const [node = "", field = "", shot = ""] = pair.split(".");
  const visits = order.record.value.order.visits.filter((visit) => visit.node === node);
  const albums = visits.map(({ answers }) => answers[field] as Readonly<Record<string, Json>> | undefined);
  const taken = albums.map((album) => album?.[shot]).filter((each) => Array.isArray(each) && each.length > 0);
  return ((taken.at(-1) ?? []) as readonly { readonly photo: string }[]).map(({ photo }) => photo);
}
