import { Icon } from "@mendloop/fields";
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { SpokenProblem } from "../api/types.ts";
import { useRunner } from "../context.ts";
import type { OutboxEntry } from "../store/database.ts";
import { dismiss, waiting } from "../store/outbox.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { explain } from "../words/problems.ts";
import { isWord, say } from "../words/index.ts";
import { moment } from "../words/times.ts";

/** What waits to be sent, and what was not accepted, with the reason in plain words. */
export function Outbox(): JSX.Element {
  const runner = useRunner();
  const entries: Signal<readonly OutboxEntry[]> = useSignal<readonly OutboxEntry[]>([]);
  useEffect(() => { void waiting(runner.store).then((found) => { entries.value = found; }); }, [runner.waitingCount.value]);
  const parked = runner.parked.value;
  const empty = entries.value.length === 0 && parked.length === 0;
  return (
    <>
      <TopBar title={say("outbox.title")} back={{ screen: "orders" }} />
      <main class="page" data-testid="outbox">
        {empty ? <div class="empty"><Icon name="check" /><p>{say("outbox.empty")}</p></div> : null}
        {parked.length === 0 ? null : <Parked entries={parked} />}
        {entries.value.length === 0 ? null : (
          <section class="stack">
            <h2 class="section-title">{say("outbox.waiting")}</h2>
            <ul class="cards">{entries.value.map((entry) => <li key={entry.id} class="card"><Line entry={entry} /></li>)}</ul>
            <button type="button" class="button primary wide" data-testid="send-now" onClick={() => { runner.sender.hurry(); }}><Icon name="sync" />{say("outbox.send_now")}</button>
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
            <button type="button" class="button" onClick={() => { void seen(entry.id); }}>{say("outbox.dismiss")}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ entry }: { readonly entry: OutboxEntry }): JSX.Element {
  const key = `type.${entry.type}`;
  return (
    <>
      <strong>{say("outbox.at", { type: isWord(key) ? say(key) : entry.type, at: moment(entry.at) })}</strong>
      {entry.problems.map((problem: SpokenProblem) => <span key={problem.code} class="problem-line"><Icon name="warning" />{problem.message ?? explain(problem)}</span>)}
    </>
  );
}
