import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import type { ActiveVisit, Card } from "../api/types.ts";
import { useRunner } from "../context.ts";
import { isOnlyForOthers, overdue } from "../order/urgency.ts";
import { pathOf, go, type Route } from "../route.ts";
import { listed, read, say } from "../words/index.ts";
import { moment } from "../words/times.ts";

/** One order of the list. The whole card is a link. */
export function OrderCard({ card, big = false }: { readonly card: Card; readonly big?: boolean }): JSX.Element {
  const to: Route = { screen: "order", order: card.id, visit: null };
  return (
    <a class={`card order${big ? " big" : ""}`} href={pathOf(to)} data-testid={`order-${card.number}`} onClick={(event) => { event.preventDefault(); go(to); }}>
      <span class="row wrap">
        <span class="number">{card.number}</span>
        <Flags card={card} />
      </span>
      <strong class="order-title">{read(card.product.name)}</strong>
      <span class="quiet" data-testid="order-process">{read(card.title)}</span>
      <span class="order-fault">{faultOf(card)}</span>
      {big ? <Facts card={card} /> : null}
      <Now card={card} />
      <Bar {...card.progress} />
    </a>
  );
}

export function faultOf(card: Pick<Card, "fault_codes" | "fault_text">): string {
  return [listed(card.fault_codes.map(({ title, code }) => read(title) || code)), card.fault_text].filter((each) => each !== "").join(" · ");
}

/** In the colours of the supervisor's list. */
function Flags({ card }: { readonly card: Card }): JSX.Element {
  const pressing = card.priority === "urgent" || card.priority === "high";
  return (
    <>
      {pressing ? <span class={`chip ${card.priority === "urgent" ? "danger" : "warn"}`}><Icon name="flag" />{say(`order.priority.${card.priority}`)}</span> : null}
      {overdue(card, Date.now()) ? <span class="chip danger"><Icon name="clock" />{say("order.overdue")}</span> : null}
      {card.mine ? null : <span class="chip" data-testid="whose">{whose(card)}</span>}
    </>
  );
}

/** Whether anyone may take it, or it is a colleague's; by name unless the card is from before names were said. */
function whose({ assigned_to, assigned_to_name }: Card): string {
  if (assigned_to === null) return say("order.not_mine");
  const name = assigned_to_name ?? null;
  return name === null ? say("order.assigned_other") : say("order.assigned_to", { name });
}

function Facts({ card }: { readonly card: Card }): JSX.Element {
  return (
    <span class="order-facts">
      {card.asset === "" ? null : <span><span class="quiet">{say("order.asset")}</span> {card.asset}</span>}
      {card.customer === "" ? null : <span><span class="quiet">{say("order.customer")}</span> {card.customer}</span>}
      {card.due === null ? null : <span>{say("order.due", { at: moment(card.due) })}</span>}
    </span>
  );
}

function Now({ card }: { readonly card: Card }): JSX.Element | null {
  const me = useRunner().session.person_id;
  const visit = card.active.find(({ by }) => by === me) ?? card.active[0];
  if (visit === undefined) return null;
  return <span class="order-now"><Icon name={visit.status === "running" ? "play" : visit.status === "paused" ? "pause" : "forward"} /><span class="grow">{read(visit.title)}</span><Who visit={visit} me={me} /></span>;
}

function Who({ visit, me }: { readonly visit: ActiveVisit; readonly me: string }): JSX.Element | null {
  if (isOnlyForOthers(visit, me)) return <span class="chip">{say("orders.waits_for_lock", { names: listed(visit.only_for_names ?? []) })}</span>;
  if (visit.status === "ready") return null;
  if (visit.by !== me) return <span class="chip">{say(visit.status === "paused" ? "step.paused_other" : "orders.waits_for", { name: visit.by_name ?? "" })}</span>;
  return <span class={`chip ${visit.status === "running" ? "ok" : "warn"}`}>{say(visit.status === "running" ? "orders.running_here" : "orders.paused_here")}</span>;
}

export function Bar({ done, of }: { readonly done: number; readonly of: number }): JSX.Element {
  return (
    <span class="bar-line"><progress value={done} max={Math.max(1, of)} aria-label={`${done}/${of}`} /><span class="bar-count">{done}/{of}</span></span>
  );
}
