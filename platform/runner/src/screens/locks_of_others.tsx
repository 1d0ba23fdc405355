import type { Lock } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { labelOfPoint } from "../order/point_label.ts";
import { locksTakenOffIn } from "../order/standing_locks.ts";
import { listed, read, say, type Word } from "../words/index.ts";

/** A step that takes off locks of others says so before anybody starts it: whose they are, where, and who must come. */
export function LocksOfOthers({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element | null {
  const runner = useRunner();
  const { state } = order.record.value.order;
  const open = state.active[visit];
  if (open === undefined) return null;
  const locks = locksTakenOffIn(order.plan, state, open.node);
  const people = [...new Set(locks.map(([, { by }]) => by))];
  const others = people.filter((person) => person !== order.actor.person).map((person) => nameOf(runner, order, person));
  if (others.length === 0) return null;
  const todo: Word = open.status === "running" && open.by === order.actor.person ? "locks.todo_running" : "locks.todo";
  return (
    <div class="note warn" role="status" data-testid="locks-of-others">
      <Icon name="lock" />
      <div>
        <p><strong>{say("locks.title", { names: listed(others) })}</strong></p>
        {people.map((person) => <p key={person}>{say("locks.of", { name: nameOf(runner, order, person), points: pointsOf(order, locks, person) })}</p>)}
        <p>{say(todo, { names: listed(others) })}</p>
      </div>
    </div>
  );
}

function pointsOf(order: LiveOrder, locks: readonly (readonly [string, Lock])[], person: string): string {
  const names = locks.filter(([, { by }]) => by === person).map(([id]) => {
    const [node = "", field = "", ...point] = id.split(".");
    return read(labelOfPoint(order, `${node}.${field}`, point.join("."))) || point.join(".");
  });
  return names.join(" · "); // names of points have commas in them
}
