import type { Problem } from "@mendloop/engine";
import { ScanSheet } from "@mendloop/fields/camera/scan_sheet.tsx";
import { FieldHostProvider, Icon } from "@mendloop/fields";
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { useRunner } from "../context.ts";
import { fieldHost } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { go } from "../route.ts";
import { refusalOf } from "../screens/entries.ts";
import { announce, Toast } from "../ui/toast.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { read, say } from "../words/index.ts";
import { Basket, type InBasket } from "./basket.tsx";
import { deskOf, type PartsDesk } from "./desk.ts";
import { PartCard } from "./part_card.tsx";
import { expectedNumbers, readCode } from "./reading_codes.ts";
import type { OrderParts } from "./types.ts";

/** An order's parts: what is planned and held, what was taken, and what has to be settled before the order can end. */
export function PartsScreen({ order }: { readonly order: LiveOrder }): JSX.Element {
  const runner = useRunner();
  const desk = deskOf(runner);
  const host = useMemo(() => fieldHost(runner, order, "", ""), [order]);
  useEffect(() => { void desk.open(order.id); }, [order.id]);
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

/** More was asked for than is planned: that is possible, and said. */
const MORE = "order_parts.more_than_planned";
/** The shelf has none: the storekeeper can be asked for it. */
const NOT_THERE = "stock.not_there";

interface OpenedProps {
  readonly order: LiveOrder;
  readonly desk: PartsDesk;
  readonly sheet: OrderParts;
}

function Opened({ order, desk, sheet }: OpenedProps): JSX.Element {
  const basket: Signal<readonly InBasket[]> = useSignal<readonly InBasket[]>([]);
  const wrong = useSignal("");
  const problems = useSignal<readonly Problem[]>([]);
  const isOver = order.record.value.order.status !== "open";
  const scanned = (code: string): void => {
    const { number, serial } = readCode(code, sheet.parts);
    wrong.value = number === null ? code : "";
    if (number === null) buzz();
    else basket.value = added(basket.value, { number, serial, quantity: 1, unplanned: false });
  };
  const keepWrong = (): void => { basket.value = added(basket.value, { number: wrong.value, serial: null, quantity: 1, unplanned: true }); wrong.value = ""; };
  const expected = expectedNumbers(sheet.parts).join(", ") || "–";
  const take = async (lines: readonly InBasket[], more = false): Promise<void> => {
    const extra = more || lines.some(({ unplanned }) => unplanned);
    problems.value = await desk.do(order.id, "issue", { lines: lines.map(({ number, quantity, serial }) => ({ number, quantity, ...(serial === null ? {} : { serial }) })), extra });
    if (problems.value.length === 0) { basket.value = []; wrong.value = ""; }
  };
  const askFor = async (): Promise<void> => {
    for (const { number, quantity } of basket.value) {
      const planned = sheet.parts.find((part) => part.number === number)?.planned ?? 0;
      problems.value = await desk.do(order.id, "plan", { number, quantity: planned + quantity });
    }
    if (problems.value.length === 0) { basket.value = []; announce(say("order_parts.asked_for")); }
  };
  return (
    <>
      <Acts desk={desk} order={order.id} />
      {isOver ? null : <Scan basket={basket} wrong={wrong.value === "" ? "" : say("order_parts.wrong", { code: wrong.value, expected })} scanned={scanned} keepWrong={keepWrong} />}
      {basket.value.length === 0 ? null : <Basket basket={basket} parts={sheet.parts} take={take} />}
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert" data-testid="parts-refused"><Icon name="warning" />{refusalOf(problem)}</p>)}
      {basket.value.length > 0 && problems.value.some(({ code }) => code === MORE) ? <button type="button" class="button big wide" data-testid="take-extra" onClick={() => { void take(basket.value, true); }}><Icon name="plus" />{say("order_parts.take_extra")}</button> : null}
      {basket.value.length > 0 && problems.value.some(({ code }) => code === NOT_THERE) ? <button type="button" class="button big wide" data-testid="ask-for" onClick={() => { void askFor(); }}><Icon name="flag" />{say("order_parts.ask_for")}</button> : null}
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

/** The same piece twice is one; the same part once more is one more of it. */
function added(basket: readonly InBasket[], more: InBasket): readonly InBasket[] {
  const known = basket.findIndex(({ number, serial }) => number === more.number && serial === more.serial);
  if (known < 0) return [...basket, more];
  return more.serial === null ? basket.map((each, place) => (place === known ? { ...each, quantity: each.quantity + 1 } : each)) : basket;
}

interface ScanProps {
  readonly basket: Signal<readonly InBasket[]>;
  /** What is wrong with the last one; empty where nothing is. */
  readonly wrong: string;
  keepWrong: () => void;
  scanned: (code: string) => void;
}

/** Several parts in one go, with the camera or typed. */
function Scan({ basket, wrong, scanned, keepWrong }: ScanProps): JSX.Element {
  const open = useSignal(false);
  const typed = useSignal("");
  const enter = (): void => { if (typed.value.trim() !== "") { scanned(typed.value.trim()); typed.value = ""; } };
  const last = basket.value.at(-1);
  const said = wrong !== "" ? wrong : last === undefined ? "" : say("order_parts.read", { code: last.number, n: basket.value.length });
  return (
    <section class="stack" aria-label={say("order_parts.scan")}>
      <button type="button" class="button primary big wide" data-testid="scan-parts" onClick={() => { open.value = true; }}><Icon name="scan" />{say("order_parts.scan")}</button>
      <form class="with-unit" onSubmit={(event) => { event.preventDefault(); enter(); }}>
        <label class="sr-only" for="parts-typed">{say("order_parts.type")}</label>
        <input class="input grow" id="parts-typed" data-testid="parts-typed" autocomplete="off" autocapitalize="characters" maxLength={200} placeholder={say("order_parts.type")} value={typed.value} onInput={(event) => { typed.value = event.currentTarget.value; }} />
        <button type="submit" class="button" data-testid="parts-add-typed">{say("add")}</button>
      </form>
      {wrong === "" ? null : (
        <div class="note danger" role="alert" data-testid="wrong-part">
          <Icon name="warning" />
          <div class="stack"><p><strong>{wrong}</strong></p><button type="button" class="button big" data-testid="keep-wrong" onClick={keepWrong}><Icon name="plus" />{say("order_parts.take_extra")}</button></div>
        </div>
      )}
      {open.value ? <ScanSheet label={say("order_parts.scan")} said={said} wrong={wrong !== ""} found={({ code }) => { scanned(code); }} close={() => { open.value = false; }} /> : null}
    </section>
  );
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
