import { Icon } from "@mendloop/fields";
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useRunner } from "../context.ts";
import { go } from "../route.ts";
import type { OutboxEntry } from "../store/database.ts";
import { dismiss, waiting } from "../store/outbox.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { read, say } from "../words/index.ts";
import { refusalOf, whatWhen } from "./entries.ts";
import { RefusedPhotos } from "./refused_photos.tsx";

/** What waits to be sent, and what was not accepted, with the reason in plain words. */
export function Outbox(): JSX.Element {
  const runner = useRunner();
  const entries: Signal<readonly OutboxEntry[]> = useSignal<readonly OutboxEntry[]>([]);
  useEffect(() => { void waiting(runner.store).then((found) => { entries.value = found; }); }, [runner.waitingCount.value, runner.refused.value]);
  const parked = runner.parked.value;
  const empty = entries.value.length === 0 && parked.length === 0;
  return (
    <>
      <TopBar title={say("outbox.title")} back={{ screen: "orders" }} />
      <main class="page" data-testid="outbox">
        {empty ? <div class="empty"><Icon name="check" /><p>{say("outbox.empty")}</p></div> : null}
        {parked.length === 0 ? null : <Parked entries={parked} />}
        <RefusedPhotos entries={entries.value} />
        {entries.value.length === 0 ? null : (
          <section class="stack">
            <h2 class="section-title">{say("outbox.waiting")}</h2>
            <ul class="cards">{entries.value.map((entry) => <li key={entry.id} class="card"><Line entry={entry} /></li>)}</ul>
            <button type="button" class="button primary wide" data-testid="send-now" onClick={() => { void runner.sender.sendAgain(); }}><Icon name="sync" />{say("outbox.send_now")}</button>
          </section>
        )}
      </main>
    </>
  );
}

function Parked({ entries }: { readonly entries: readonly OutboxEntry[] }): JSX.Element {
  const runner = useRunner();
  const seen = async (id: string): Promise<void> => { await dismiss(runner.store, id); await runner.count(); };
  return (
    <section class="stack">
      <h2 class="section-title">{say("outbox.parked")}</h2>
      <p class="quiet">{say("outbox.parked_hint")}</p>
      <ul class="cards">
        {entries.map((entry) => (
          <li key={entry.id} class="card" data-testid="parked">
            <Line entry={entry} />
            <button type="button" class="button" data-testid="parked-order" onClick={() => { go({ screen: "flow", order: entry.order }); }}>{say("outbox.look")}<Icon name="forward" /></button>
            <button type="button" class="button" data-testid="parked-seen" onClick={() => { void seen(entry.id); }}>{say("outbox.dismiss")}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ entry }: { readonly entry: OutboxEntry }): JSX.Element {
  const card = useRunner().cards.value?.find(({ id }) => id === entry.order);
  return (
    <>
      {card === undefined ? null : <span class="number">{card.number} · {read(card.product.name)}</span>}
      <strong>{whatWhen(entry)}</strong>
      {entry.problems.map((problem) => <span key={problem.code} class="problem-line"><Icon name="warning" />{refusalOf(problem)}</span>)}
    </>
  );
}
