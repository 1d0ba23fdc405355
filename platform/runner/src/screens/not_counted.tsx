import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { answersIn, type Lost, lostOf, reasonsIn } from "../order/lost.ts";
import { labelOfPoint } from "../order/point_label.ts";
import { isAboutParts } from "../parts/unsettled.ts";
import { go } from "../route.ts";
import type { OutboxEntry } from "../store/database.ts";
import { listed, read, say } from "../words/index.ts";
import { refusalOf, whatWhen } from "./entries.ts";
import { DoneFields } from "./step_fields.tsx";
import { nodeOfVisit, titleOf } from "./step_head.tsx";
import { WaysBelow } from "./ways_below.tsx";

export interface NotCountedProps {
  readonly order: LiveOrder;
  /** The visit whose screen this is; none on the screens of the whole order. */
  readonly visit?: string;
}

/** What of mine did not count, why, where it is kept and what to do: until I have put it away in the list. */
export function NotCounted({ order, visit }: NotCountedProps): JSX.Element {
  const runner = useRunner();
  return <>{lostOf(runner.parked.value, order, visit).map((lost) => <LostWork key={lost.visit} order={order} lost={lost} isHere={lost.visit === visit} />)}</>;
}

interface LostProps {
  readonly order: LiveOrder;
  readonly lost: Lost;
  readonly isHere: boolean;
}

function LostWork({ order, lost, isHere }: LostProps): JSX.Element {
  const { entries, visit } = lost;
  const hasLocked = entries.some(({ type }) => type === "LockPoint");
  return (
    <section class="card task" data-testid="not-counted" aria-label={say("lost.title")}>
      <h2 class="row"><Icon name="info" />{say("lost.title")}</h2>
      {isHere || visit === "" ? null : <p><strong>{titleOf(order, nodeOfVisit(visit))}</strong></p>}
      <ul class="plain-list">{entries.map((entry) => <li key={entry.id}><Icon name="dash" /><span class="grow">{listed([whatWhen(entry), ...detailOf(order, entry)])}</span></li>)}</ul>
      <p>{say("lost.why", { why: [...new Set(entries.flatMap(({ problems }) => problems.map(refusalOf)))].join(" · ") })}</p>
      {hasLocked ? <p class="problem-line"><Icon name="lock" />{say("lost.locked")}</p> : null}
      <Readings order={order} lost={lost} />
      <p class="quiet">{say("lost.kept")}</p>
      <WhatToDo order={order} visit={visit} />
      <WaysBelow problems={entries.flatMap(({ problems }) => problems)} order={order.id} />
      {entries.some(({ problems }) => problems.some(isAboutParts)) ? <button type="button" class="button primary wide" data-testid="settle-parts" onClick={() => { go({ screen: "parts", order: order.id }); }}><Icon name="list" />{say("order_parts.settle_again")}</button> : null}
      <button type="button" class="button wide" data-testid="not-counted-list" onClick={() => { go({ screen: "outbox" }); }}><Icon name="list" />{say("lost.list")}</button>
    </section>
  );
}

function WhatToDo({ order, visit }: { readonly order: LiveOrder; readonly visit: string }): JSX.Element {
  const runner = useRunner();
  const by = order.visit(visit)?.by ?? null;
  const other = by === null || by === order.actor.person ? null : nameOf(runner, order, by);
  return <p>{other === null ? say("lost.todo") : say("lost.todo_other", { name: other })}</p>;
}

/** What was entered, as it would stand in the record. */
function Readings({ order, lost: { entries, visit } }: Omit<LostProps, "isHere">): JSX.Element | null {
  const shown = useSignal(false);
  const node = order.plan.nodes[nodeOfVisit(visit)];
  const answers = answersIn(entries);
  if (node?.kind !== "step" || Object.keys(answers).length === 0) return null;
  return (
    <>
      <button type="button" class="button wide" aria-expanded={shown.value} data-testid="not-counted-answers" onClick={() => { shown.value = !shown.value; }}><Icon name={shown.value ? "down" : "forward"} />{say("lost.answers")}</button>
      {shown.value ? <DoneFields node={node} visit={{ number: 0, answers, reasons: reasonsIn(entries) }} prefix="lost" /> : null}
    </>
  );
}

/** Which lock, which finding. */
function detailOf(order: LiveOrder, { payload: { visit, field, point, text, note } }: OutboxEntry): readonly string[] {
  if (typeof point === "string" && typeof visit === "string" && typeof field === "string") return [nameOfPoint(order, nodeOfVisit(visit), field, point)];
  return [text, note].filter((each) => typeof each === "string" && each !== "") as readonly string[];
}

function nameOfPoint(order: LiveOrder, node: string, field: string, point: string): string {
  const step = order.plan.nodes[node];
  const removes = step?.kind === "step" ? step.fields.find(({ id }) => id === field)?.settings["removes"] : undefined;
  return read(labelOfPoint(order, typeof removes === "string" ? removes : `${node}.${field}`, point)) || point;
}
