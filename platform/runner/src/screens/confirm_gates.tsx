import type { Lock, PlanField, Problem } from "@mendloop/engine";
import { Icon, useHost } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { withNames } from "../order/problem_names.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { listed, say } from "../words/index.ts";
import { explain } from "../words/problems.ts";

interface Gate {
  readonly visit: string;
  readonly field: PlanField;
  readonly locks: readonly (readonly [string, Lock])[];
}

/** Gates that somebody else has locked and that wait for a second person: here they are confirmed, on the second person's own phone. */
export function ConfirmGates({ order }: { readonly order: LiveOrder }): JSX.Element {
  return <>{gatesToConfirm(order).map((gate) => <ConfirmGate key={gate.visit + gate.field.id} order={order} gate={gate} />)}</>;
}

export function gatesToConfirm(order: LiveOrder): readonly Gate[] {
  const { state } = order.record.value.order;
  return Object.entries(state.active).flatMap(([visit, { node }]) => {
    const step = order.plan.nodes[node];
    const fields = step?.kind === "step" ? step.fields.filter(({ type, settings }) => type === "safety_gate" && settings["second_person"] === true) : [];
    return fields.map((field) => ({ visit, field, locks: locksOf(order, `${node}.${field.id}.`) })).filter((gate) => awaits(gate, order.actor.person));
  });
}

function locksOf(order: LiveOrder, prefix: string): Gate["locks"] {
  return Object.entries(order.record.value.order.state.locks).filter(([id]) => id.startsWith(prefix)).map(([id, lock]) => [id.slice(prefix.length), lock]);
}

function awaits({ field, locks }: Gate, me: string): boolean {
  const points = field.settings["points"];
  const all = Array.isArray(points) ? points.length : 0;
  return locks.length > 0 && locks.length === all && locks.some(([, lock]) => lock.confirmed_by === null) && locks.every(([, lock]) => lock.by !== me);
}

function ConfirmGate({ order, gate }: { readonly order: LiveOrder; readonly gate: Gate }): JSX.Element {
  const runner = useRunner();
  const host = useHost();
  const problems = useSignal<readonly Problem[]>([]);
  const by = listed(new Set(gate.locks.map(([, lock]) => nameOf(runner, order, lock.by))));
  const node = gate.visit.slice(0, gate.visit.lastIndexOf("#"));
  const confirm = useOnce(async () => {
    problems.value = await order.do({ type: "ConfirmLocks", payload: { visit: gate.visit, field: gate.field.id } });
    if (problems.value.length > 0) return false;
    announce(say("step.saved"));
    return true;
  });
  return (
    <section class="card task" data-testid="confirm-locks" aria-label={say("gate.confirm_title")}>
      <h2 class="row"><Icon name="lock" />{say("gate.confirm_title")}</h2>
      <p>{say("gate.confirm_body", { name: by })}</p>
      <ul class="plain-list">{gate.locks.map(([point]) => <li key={point}><Icon name="lock" /><strong>{host.read(asWords(host.labelOfPoint(`${node}.${gate.field.id}`, point)))}</strong></li>)}</ul>
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert"><Icon name="warning" />{explain(withNames(order, problem))}</p>)}
      <button type="button" class="button primary wide" data-testid="confirm-locks-button" disabled={confirm.busy.value} onClick={() => { confirm.run(); }}><Icon name="check" />{say("gate.confirm")}</button>
    </section>
  );
}

function asWords(label: string | Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return typeof label === "string" ? { en: label, "zh-CN": label } : label;
}
