import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRunner } from "../context.ts";
import { nameOf } from "../order/field_host.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { refusalOf } from "../screens/entries.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { read, say } from "../words/index.ts";
import { BecameSheet, BUILT_IN, DEFECTIVE, UNUSED } from "./became_sheet.tsx";
import { notAsked } from "./coming.ts";
import type { PartsDesk } from "./desk.ts";
import { needsSerial } from "./pieces.ts";
import { TakeSheet } from "./take_sheet.tsx";
import type { OrderPart, OrderParts, PartPlace } from "./types.ts";

export interface CardProps {
  readonly order: LiveOrder;
  readonly desk: PartsDesk;
  readonly part: OrderPart;
  readonly sheet: OrderParts;
  readonly isOver: boolean;
}

/** One part: planned, held, taken, and what is open with the taps that settle it. */
export function PartCard(props: CardProps): JSX.Element {
  const { part, sheet, isOver } = props;
  const said = sheet.explanations.filter(({ number, state }) => number === part.number && (state === "proposed" || state === "refused"));
  return (
    <section class="card order-part" data-testid={`order-part-${part.number}`} data-open={part.open} aria-label={read(part.name)}>
      <div class="row apart wrap"><h2 class="point-name">{read(part.name) || part.number}</h2><span class="quiet code">{part.number}</span></div>
      <p class="quiet" data-testid="part-sums">{say(part.explained > 0 ? "order_parts.sums_explained" : "order_parts.sums", { planned: part.planned, issued: part.issued, used: part.used, returned: part.returned, explained: part.explained })}</p>
      <div class="row wrap">
        {part.reserved.map((place) => <Held key={place.location} order={props.order} place={place} />)}
        {part.missing > 0 ? <span class="chip danger" data-testid="part-missing"><Icon name="warning" />{say("order_parts.missing", { n: part.missing })}</span> : null}
        {(part.coming ?? []).map((each) => <span key={each.id} class="chip" data-testid="part-coming"><Icon name="clock" />{say(`order_parts.coming_${each.state}` as "order_parts.coming_sent", { n: each.quantity })}</span>)}
        {part.stand_ins.length === 0 ? null : <span class="chip">{say("order_parts.stand_ins", { parts: part.stand_ins.join(", ") })}</span>}
      </div>
      {said.map((each) => (
        <div key={each.id} class={`note ${each.state === "refused" ? "danger" : "warn"}`} data-testid={`explanation-${each.state}`}>
          <Icon name={each.state === "refused" ? "warning" : "clock"} />
          <div><p>{say(each.state === "refused" ? "order_parts.refused" : "order_parts.proposed", { n: each.quantity, reason: say(`order_parts.reason_${each.reason}` as "order_parts.reason_lost") })}</p>{each.answer === "" ? null : <p>{each.answer}</p>}</div>
        </div>
      ))}
      {isOver ? null : <Taps {...props} />}
    </section>
  );
}

function Held({ order, place }: { readonly order: LiveOrder; readonly place: PartPlace }): JSX.Element {
  const runner = useRunner();
  const mine = place.owner === order.actor.person;
  const where = place.kind === "van" ? (mine ? say("order_parts.my_van") : say("order_parts.van_of", { name: nameOf(runner, order, place.owner) })) : say("order_parts.warehouse", { name: place.owner ?? "" });
  return <span class="chip ok"><Icon name="check" />{say("order_parts.held", { n: place.quantity, place: where.trim() })}</span>;
}

function Taps({ order, desk, part, sheet }: CardProps): JSX.Element {
  const explaining = useSignal(false);
  const outAgain = useSignal(false);
  const choosing = useSignal(false);
  const problems = useSignal<readonly Problem[]>([]);
  const left = part.open - part.explained_open;
  const there = Math.max(0, part.wanted - part.missing);
  const act = async (verb: "issue" | "give-back" | "ask", quantity: number, done: string): Promise<false> => {
    problems.value = await desk.do(order.id, verb, verb === "ask" ? { number: part.number } : { lines: [{ number: part.number, quantity }] });
    if (problems.value.length === 0) announce(done);
    return false;
  };
  const take = useOnce(async () => {
    choosing.value = needsSerial({ number: part.number, serial: null, quantity: there, extra: false, known: true, refused: [] }, [], sheet);
    return choosing.value ? false : await act("issue", there, say("order_parts.taken"));
  });
  const ask = useOnce(async () => await act("ask", notAsked(part), say("order_parts.asked_for")));
  const back = useOnce(async () => await act("give-back", part.open, say("order_parts.given_back")));
  return (
    <>
      {part.open === 0 ? null : <p class="open-line" data-testid="part-open"><Icon name="warning" /><strong>{say("order_parts.open", { n: part.open })}</strong></p>}
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert" data-testid="part-refused"><Icon name="warning" />{refusalOf(problem)}</p>)}
      <div class="row wrap">
        {there === 0 ? null : <button type="button" class="button big grow" data-testid={`take-${part.number}`} disabled={take.busy.value} onClick={() => { take.run(); }}><Icon name="plus" />{say("order_parts.take", { n: there })}</button>}
        {notAsked(part) === 0 ? null : <button type="button" class="button big grow" data-testid={`ask-${part.number}`} disabled={ask.busy.value} onClick={() => { ask.run(); }}><Icon name="flag" />{say("order_parts.ask_missing", { n: notAsked(part) })}</button>}
        {part.open === 0 ? null : <button type="button" class="button big grow" data-testid={`give-back-${part.number}`} disabled={back.busy.value} onClick={() => { back.run(); }}><Icon name="again" />{say("order_parts.give_back", { n: part.open })}</button>}
        {left <= 0 ? null : <button type="button" class="button big grow" data-testid={`explain-${part.number}`} onClick={() => { explaining.value = true; }}><Icon name="flag" />{say("order_parts.explain")}</button>}
        {part.used === 0 ? null : <button type="button" class="button big grow" data-testid={`out-again-${part.number}`} onClick={() => { outAgain.value = true; }}><Icon name="again" />{say("order_parts.out_again")}</button>}
      </div>
      {choosing.value ? <TakeSheet desk={desk} sheet={sheet} part={part} close={() => { choosing.value = false; }} /> : null}
      {outAgain.value ? <BecameSheet order={order.id} desk={desk} part={part} most={part.used} serials={part.serials_used ?? []} choices={[UNUSED, DEFECTIVE]} used close={() => { outAgain.value = false; }} /> : null}
      {explaining.value ? <BecameSheet order={order.id} desk={desk} part={part} most={left} serials={part.serials} choices={[UNUSED, BUILT_IN, DEFECTIVE, ...sheet.reasons]} close={() => { explaining.value = false; }} /> : null}
    </>
  );
}
