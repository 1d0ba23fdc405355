import { FieldHostProvider, Icon, Picture } from "@mendloop/fields";
import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useRunner } from "../context.ts";
import { fieldHost, nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { type Answered, answered, outOfTolerance, type PartLine, partsOf, photosOf, repeated, signaturesOf, workedMs } from "../order/summary.ts";
import { go } from "../route.ts";
import { Toast } from "../ui/toast.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { isWord, read, say } from "../words/index.ts";
import { minutes, moment } from "../words/times.ts";
import { Family } from "./family.tsx";
import { faultOf } from "./order_card.tsx";
import { NotCounted } from "./not_counted.tsx";
import { titleOf } from "./step_head.tsx";

/** What was done, to be shown to the customer: outcome, time, steps, parts, pictures, signatures. */
export function SummaryScreen({ order }: { readonly order: LiveOrder }): JSX.Element {
  const runner = useRunner();
  const host = useMemo(() => fieldHost(runner, order, "", ""), [order]);
  const full = order.record.value.order;
  const all = answered(order.plan, full);
  return (
    <FieldHostProvider value={host}>
      <TopBar title={read(full.product.name)} below={full.number} back={{ screen: "orders" }} />
      <main class="page summary" data-testid="summary" data-status={full.status}>
        <Outcome order={order} />
        <NotCounted order={order} />
        <Family order={order} />
        <Parts all={all} />
        <Deviations all={all} />
        <Again order={order} />
        <Done order={order} />
        <Photos all={all} />
        <Findings order={order} />
        <Signatures all={all} />
      </main>
      <footer class="bottom"><Toast /><div class="bottom-inside"><button type="button" class="button primary big wide" data-testid="to-orders" onClick={() => { go({ screen: "orders" }); }}>{say("summary.close")}</button></div></footer>
    </FieldHostProvider>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  return <section class="card" aria-label={title}><h2 class="section-title">{title}</h2>{children}</section>;
}

function Outcome({ order }: { readonly order: LiveOrder }): JSX.Element {
  const { order: full } = order.record.value;
  const end = Object.values(order.plan.nodes).find((node) => node.kind === "end" && node.outcome === full.state.outcome);
  const status = `status.${full.status}`;
  const outcome = end?.kind === "end" ? read(end.title) || end.outcome : (full.state.outcome ?? "");
  return (
    <section class="outcome" aria-label={say("outcome")}>
      <span class="seal"><Icon name={full.status === "ended" ? "check" : "dash"} /></span>
      <h2>{outcome || (isWord(status) ? say(status) : full.status)}</h2>
      <p class="quiet">{faultOf(full)}</p>
      <Cancelled order={order} />
      <p>{say("summary.duration")}: <strong>{minutes(workedMs(full) / 60_000)}</strong></p>
    </section>
  );
}

/** By whom the order was given up, and why. */
function Cancelled({ order }: { readonly order: LiveOrder }): JSX.Element | null {
  const given = order.record.value.order.cancelled ?? null;
  if (given === null) return null;
  return <div data-testid="cancelled"><p><strong>{say("summary.cancelled_by", { name: given.by_name ?? "–", at: moment(given.at) })}</strong></p><p>{say("summary.reason", { reason: given.reason })}</p></div>;
}

function Parts({ all }: { readonly all: readonly Answered[] }): JSX.Element | null {
  const parts = partsOf(all);
  if (parts.length === 0) return null;
  return (
    <Section title={say("summary.parts")}>
      <ul class="plain-list">{parts.map((part, place) => {
        const action = `parts.${part.action}`;
        return <li key={place}><span class="grow">{nameOfPart(part)}</span><strong>{part.quantity} × {isWord(action) ? say(action) : part.action}</strong></li>;
      })}</ul>
    </Section>
  );
}

function nameOfPart({ part, label, note }: PartLine): string {
  const planned = read(label);
  return planned === "" ? (note ?? part) : planned;
}

function Deviations({ all }: { readonly all: readonly Answered[] }): JSX.Element | null {
  const out = outOfTolerance(all);
  if (out.length === 0) return null;
  return (
    <Section title={say("summary.out_of_tolerance")}>
      <ul class="plain-list">
        {out.map(({ visit, field, answer }) => (
          <li key={visit.visit + field.id}><Icon name="warning" /><span class="grow">{read(field.label)}</span><strong>{String((answer as { value?: number }).value)} {read(field.settings["unit"] as string)}</strong></li>
        ))}
      </ul>
    </Section>
  );
}

/** What was sent back and done once more. */
function Again({ order }: { readonly order: LiveOrder }): JSX.Element | null {
  const again = repeated(order.record.value.order);
  if (again.length === 0) return null;
  return <Section title={say("summary.rework")}><ul class="plain-list">{again.map(({ node, times }) => <li key={node}><Icon name="again" /><span class="grow">{titleOf(order, node)}</span><strong>{say("summary.again", { n: times })}</strong></li>)}</ul></Section>;
}

function Done({ order }: { readonly order: LiveOrder }): JSX.Element {
  const runner = useRunner();
  const done = order.record.value.order.visits.filter(({ status }) => status === "completed").sort((one, other) => (one.completed_at ?? "").localeCompare(other.completed_at ?? ""));
  return (
    <Section title={say("summary.steps")}>
      {done.length === 0 ? <p class="quiet">{say("summary.none_done")}</p> : null}
      <ol class="plain-list">{done.map((visit) => (
        <li key={visit.visit}><Icon name="check" /><button type="button" class="button plain link grow" onClick={() => { go({ screen: "order", order: order.id, visit: visit.visit }); }}>{titleOf(order, visit.node)}</button>
          <span class="quiet">{nameOf(runner, order, visit.by)} · {moment(visit.completed_at)}</span></li>
      ))}</ol>
    </Section>
  );
}

function Photos({ all }: { readonly all: readonly Answered[] }): JSX.Element | null {
  const photos = photosOf(all);
  if (photos.length === 0) return null;
  return <Section title={say("summary.photos")}><div class="photos">{photos.map((photo) => <div key={photo} class="photo"><Picture photo={photo} size="thumb" alt={say("summary.photos")} /></div>)}</div></Section>;
}

function Findings({ order }: { readonly order: LiveOrder }): JSX.Element | null {
  const { findings } = order.record.value.order;
  if (findings.length === 0) return null;
  return <Section title={say("findings")}><ul class="plain-list">{findings.map((finding, place) => <li key={place}><span class="chip">{say(`finding.${finding.severity}`)}</span><span class="grow">{finding.text}</span></li>)}</ul></Section>;
}

function Signatures({ all }: { readonly all: readonly Answered[] }): JSX.Element | null {
  const signed = signaturesOf(all);
  if (signed.length === 0) return null;
  return (
    <Section title={say("summary.customer_sign")}>
      {signed.map(({ name, image }) => <figure key={image} class="signature"><span class="signed"><Picture photo={image} size="view" alt={say("signature.of", { name })} /></span><figcaption>{name}</figcaption></figure>)}
    </Section>
  );
}
