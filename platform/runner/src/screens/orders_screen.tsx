import { Icon } from "@mendloop/fields";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Card } from "../api/types.ts";
import { useRunner } from "../context.ts";
import { fetchTheRest } from "../later.ts";
import { byUrgency, isOfOthers } from "../order/urgency.ts";
import { go } from "../route.ts";
import { watchCards } from "../sync/watch.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { read, say } from "../words/index.ts";
import { fetchTheRestWhenIdle } from "./later.ts";
import { OrderCard } from "./order_card.tsx";

/** The first screen: the order to go on with, big; the others below. */
export function OrdersScreen(): JSX.Element {
  const runner = useRunner();
  useEffect(() => { void runner.refreshCards().then(fetchTheRest); return watchCards(runner); }, []);
  const cards = runner.cards.value;
  useEffect(() => { if (cards !== null) fetchTheRestWhenIdle(); }, [cards === null]);
  const sorted = byUrgency(cards ?? [], runner.session, Date.now());
  const first = sorted[0];
  const next = first === undefined || isOfOthers(first, runner.session) ? undefined : first;
  const others = next === undefined ? sorted : sorted.slice(1);
  return (
    <>
      <TopBar title={say("orders.title")} />
      <main class="page" data-testid="orders">
        {cards === null ? <Waiting /> : null}
        {cards !== null && first === undefined ? <Empty /> : null}
        {next === undefined ? null : <NextOrder card={next} />}
        {others.length === 0 ? null : (
          <section aria-label={say("orders.others")}>
            <h2 class="section-title">{say("orders.others")}</h2>
            <ul class="cards">{others.map((card) => <li key={card.id}><OrderCard card={card} /></li>)}</ul>
          </section>
        )}
      </main>
    </>
  );
}

function NextOrder({ card }: { readonly card: Card }): JSX.Element {
  const me = useRunner().session.person_id;
  const going = card.active.some(({ by, status }) => by === me && status !== "ready");
  const open = (): void => { go({ screen: "order", order: card.id, visit: null }); };
  return (
    <section class="next-order" aria-label={say("orders.next")}>
      <OrderCard card={card} big />
      <div class="thumb"><button type="button" class="button primary big wide" data-testid="open-next" onClick={open}>
        <span>{say(going ? "orders.continue" : "orders.open")}</span><Icon name="forward" /><span class="sr-only">{card.number} {read(card.title)}</span>
      </button></div>
    </section>
  );
}

function Waiting(): JSX.Element {
  return <div class="skeleton" aria-busy="true"><div /><div /><div /></div>;
}

function Empty(): JSX.Element {
  const runner = useRunner();
  return (
    <div class="empty" data-testid="no-orders">
      <Icon name="check" />
      <p><strong>{say("orders.empty")}</strong></p>
      <p class="quiet">{say("orders.empty_hint")}</p>
      <button type="button" class="button" onClick={() => { void runner.refreshCards(); }}><Icon name="sync" />{say("orders.refresh")}</button>
    </div>
  );
}
