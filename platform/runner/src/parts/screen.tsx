import { ScanSheet } from "@mendloop/fields/camera/scan_sheet.tsx";
import { FieldHostProvider, Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useRunner } from "../context.ts";
import { fieldHost } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { go } from "../route.ts";
import { refusalOf } from "../screens/entries.ts";
import { Toast } from "../ui/toast.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { read, say } from "../words/index.ts";
import { Basket } from "./basket.tsx";
import { deskOf, type PartsDesk } from "./desk.ts";
import { useFreshParts } from "./keep_fresh.ts";
import { PartCard } from "./part_card.tsx";
import { pieceBy } from "./pieces.ts";
import { readCode } from "./reading_codes.ts";
import { isSame, judged, type Scanned } from "./scanned.ts";
import type { OrderParts } from "./types.ts";

/** An order's parts: what is planned and held, what was taken, and what has to be settled before the order can end. */
export function PartsScreen({ order }: { readonly order: LiveOrder }): JSX.Element {
  const runner = useRunner();
  const desk = deskOf(runner);
  const host = useMemo(() => fieldHost(runner, order, "", ""), [order]);
  useFreshParts(desk, order.id);
  const sheet = desk.sheets.value[order.id];
  const { number, product } = order.record.value.order;
  return (
    <FieldHostProvider value={host}>
      <TopBar title={say("order_parts.title")} below={`${number} · ${read(product.name)}`} back={{ screen: "order", order: order.id, visit: null }} />
      <main class="page order-parts" data-testid="order-parts" data-settled={sheet?.settled}>
        {sheet === undefined ? <p class="quiet" role="status">{say(runner.reachable.value ? "order_parts.coming" : "order_parts.not_here")}</p> : <Opened order={order} desk={desk} sheet={sheet} />}
      </main>
    </FieldHostProvider>
  );
}

interface OpenedProps {
  readonly order: LiveOrder;
  readonly desk: PartsDesk;
  readonly sheet: OrderParts;
}

function Opened({ order, desk, sheet }: OpenedProps): JSX.Element {
  const isOver = order.record.value.order.status !== "open";
  return (
    <>
      <Acts desk={desk} order={order.id} />
      {isOver ? null : <Scan desk={desk} sheet={sheet} />}
      <Basket desk={desk} sheet={sheet} />
      {sheet.parts.length === 0 ? <p class="quiet">{say("order_parts.none")}</p> : null}
      {sheet.parts.map((part) => <PartCard key={part.number} order={order} desk={desk} part={part} sheet={sheet} isOver={isOver} />)}
      <OldParts sheet={sheet} />
      <footer class="bottom"><Toast /><div class="bottom-inside"><button type="button" class="button primary big wide" data-testid="parts-done" onClick={() => { go({ screen: "order", order: order.id, visit: null }); }}>{say("order_parts.back")}</button></div></footer>
    </>
  );
}

/** Felt through gloves, where the phone can do it. */
function buzz(): void {
  (navigator as { vibrate?: (pattern: number[]) => boolean }).vibrate?.([80, 60, 80]);
}

interface ScanProps {
  readonly desk: PartsDesk;
  readonly sheet: OrderParts;
}

/** Several parts in one go, with the camera or typed. What is wrong with one is told while it is still in the hand. */
function Scan({ desk, sheet }: ScanProps): JSX.Element {
  const open = useSignal(false);
  const typed = useSignal("");
  const last = useSignal<Scanned | null>(null);
  const scanned = (code: string): void => {
    const read = readCode(code, sheet.parts);
    const { number, serial } = read.number === null ? pieceBy(code, sheet) ?? read : read;
    const line: Scanned = { number: number ?? code.trim(), serial, quantity: 1, extra: false, known: number === null ? null : true, refused: [] };
    last.value = line;
    if (wrongWith(line, [...(desk.scanned.value[sheet.order] ?? []), line], sheet) !== null) buzz();
    void desk.scan(sheet.order, line);
  };
  const enter = (): void => { if (typed.value.trim() !== "") { scanned(typed.value.trim()); typed.value = ""; } };
  const lines = desk.scanned.value[sheet.order] ?? [];
  const wrong = last.value === null ? null : wrongWith(last.value, lines, sheet);
  const said = wrong ?? (last.value === null ? "" : say("order_parts.read", { code: last.value.number, n: lines.length }));
  return (
    <section class="stack" aria-label={say("order_parts.scan")}>
      <button type="button" class="button primary big wide" data-testid="scan-parts" onClick={() => { last.value = null; open.value = true; }}><Icon name="scan" />{say("order_parts.scan")}</button>
      <form class="with-unit" onSubmit={(event) => { event.preventDefault(); enter(); }}>
        <label class="sr-only" for="parts-typed">{say("order_parts.type")}</label>
        <input class="input grow" id="parts-typed" data-testid="parts-typed" autocomplete="off" autocapitalize="characters" maxLength={200} placeholder={say("order_parts.type")} value={typed.value} onInput={(event) => { typed.value = event.currentTarget.value; }} />
        <button type="submit" class="button" data-testid="parts-add-typed">{say("add")}</button>
      </form>
      {open.value ? <ScanSheet label={say("order_parts.scan")} said={said} wrong={wrong !== null} found={({ code }) => { scanned(code); }} close={() => { open.value = false; }} /> : null}
    </section>
  );
}

/** What is wrong with a line of the list, in words; null where nothing is. */
function wrongWith(line: Scanned, list: readonly Scanned[], { parts, pieces }: OrderParts): string | null {
  const why = judged(list, parts, pieces).findLast((each) => isSame(each.line, line))?.why[0];
  return why === undefined ? null : refusalOf(why);
}

/** What waits to be sent, and what the server did not take. */
function Acts({ desk, order }: { readonly desk: PartsDesk; readonly order: string }): JSX.Element | null {
  const mine = desk.acts.value.filter((act) => act.order === order);
  const waiting = mine.filter(({ problems }) => problems.length === 0).length;
  return (
    <>
      {waiting === 0 ? null : <div class="note warn" role="status" data-testid="parts-waiting"><Icon name="cloud" /><div><p>{say("order_parts.waiting", { n: waiting })}</p></div></div>}
      {mine.filter(({ problems }) => problems.length > 0).map((act) => (
        <div key={act.key} class="note danger" role="alert" data-testid="parts-not-taken">
          <Icon name="warning" />
          <div class="stack"><p><strong>{say("order_parts.not_taken", { what: say(`order_parts.did_${act.verb}`) })}</strong></p>{act.problems.map((problem) => <p key={problem.code}>{refusalOf(problem)}</p>)}
            <button type="button" class="button" onClick={() => { void desk.forget(act.key).then(async () => { await desk.refresh(order); }); }}>{say("outbox.dismiss")}</button></div>
        </div>
      ))}
    </>
  );
}

function OldParts({ sheet }: { readonly sheet: OrderParts }): JSX.Element | null {
  const waiting = sheet.old_parts.filter(({ target }) => target === null);
  if (waiting.length === 0) return null;
  return (
    <section class="card" aria-label={say("order_parts.old")}>
      <h2 class="section-title">{say("order_parts.old")}</h2>
      <ul class="plain-list">{waiting.map(({ tag, name, quantity }) => <li key={tag}><span class="grow">{quantity} × {read(name)}</span><a class="button" href={`/old-parts/${tag}`} target="_blank" rel="noreferrer">{tag}</a></li>)}</ul>
    </section>
  );
}
