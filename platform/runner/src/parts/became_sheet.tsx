import type { JsonObject, Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Sheet } from "@mendloop/fields/sheet.tsx";
import { refusalOf } from "../screens/entries.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { read, say } from "../words/index.ts";
import type { PartsDesk } from "./desk.ts";
import type { OrderPart, PartVerb } from "./types.ts";

interface BecameProps {
  readonly order: string;
  readonly desk: PartsDesk;
  readonly part: OrderPart;
  readonly most: number;
  /** The numbers of those that can be meant; where there are several, it must be said which. */
  readonly serials: readonly string[];
  readonly choices: readonly string[];
  /** It had been built in, and came out again. */
  readonly used?: boolean;
  close: () => void;
}

export const BUILT_IN = "built_in";
export const DEFECTIVE = "defective";
export const UNUSED = "unused";
/** What is known at once; the rest a supervisor accepts. */
const CLEAR: readonly string[] = ["", BUILT_IN, DEFECTIVE, UNUSED];

/** What became of a part that does not simply go back: built in, out again, no good, or gone. */
export function BecameSheet({ order, desk, part, most, serials, choices, used = false, close }: BecameProps): JSX.Element {
  const serial = useSignal<string | null>(serials.length === 1 && most === 1 ? serials[0] ?? null : null);
  const reason = useSignal("");
  const note = useSignal("");
  const quantity = useSignal(most);
  const problems = useSignal<readonly Problem[]>([]);
  const send = useOnce(async () => {
    const [verb, body] = asked(part, { quantity: quantity.value, serial: serial.value, reason: reason.value, note: note.value.trim(), used });
    problems.value = await desk.do(order, verb, body);
    if (problems.value.length > 0) return false;
    announce(say(verb === "explain" ? "order_parts.explained" : "order_parts.settled"));
    close();
    return true;
  });
  const lacks = reason.value === "" || (reason.value === "other" && note.value.trim() === "");
  return (
    <Sheet label={say(used ? "order_parts.out_again" : "order_parts.explain")} name="explain-sheet" close={close}>
      <h2>{read(part.name) || part.number} <span class="quiet code">{part.number}</span></h2>
      <Serials serials={serials} chosen={serial} choose={(each) => { serial.value = each; if (each !== null) quantity.value = 1; }} />
      <div class="stepper">
        <button type="button" class="button icon" disabled={quantity.value <= 1} aria-label={say("order_parts.less", { name: part.number })} onClick={() => { quantity.value -= 1; }}><Icon name="dash" /></button>
        <output>{quantity.value}</output>
        <button type="button" class="button icon" disabled={serial.value !== null || quantity.value + 1 > most} aria-label={say("order_parts.more", { name: part.number })} onClick={() => { quantity.value += 1; }}><Icon name="plus" /></button>
      </div>
      <div class="stack" role="group" aria-label={say("order_parts.what_became")}>
        <span class="field-label">{say("order_parts.what_became")}</span>
        <div class="choices">
          {choices.map((each) => (
            <button key={each} type="button" class="button big" aria-pressed={reason.value === each} data-testid={`reason-${each}`} onClick={() => { reason.value = each; }}>{say(`order_parts.reason_${each}` as "order_parts.reason_lost")}</button>
          ))}
        </div>
      </div>
      {CLEAR.includes(reason.value) ? null : (
        <>
          <label class="field-label" for="explain-note">{say("order_parts.note")}</label>
          <textarea class="input" id="explain-note" data-testid="explain-note" maxLength={1000} value={note.value} onInput={(event) => { note.value = event.currentTarget.value; }} />
          <p class="quiet">{say("order_parts.needs_word")}</p>
        </>
      )}
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert"><Icon name="warning" />{refusalOf(problem)}</p>)}
      <button type="button" class="button primary big wide" data-testid="send-explanation" disabled={lacks || send.busy.value} onClick={() => { send.run(); }}><Icon name="check" />{say("order_parts.send")}</button>
      <button type="button" class="button plain" onClick={close}>{say("cancel")}</button>
    </Sheet>
  );
}

interface SerialsProps {
  readonly serials: readonly string[];
  readonly chosen: Signal<string | null>;
  choose: (serial: string | null) => void;
}

/** Which one it is; pressed once more, none is named. */
function Serials({ serials, chosen, choose }: SerialsProps): JSX.Element | null {
  if (serials.length === 0) return null;
  return (
    <div class="stack" role="group" aria-label={say("order_parts.which")}>
      <span class="field-label">{say("order_parts.which")}</span>
      <div class="choices">{serials.map((each) => <button key={each} type="button" class="button big code" aria-pressed={chosen.value === each} data-testid={`serial-${each}`} onClick={() => { choose(chosen.value === each ? null : each); }}>{each}</button>)}</div>
    </div>
  );
}

interface Became {
  readonly quantity: number;
  readonly serial: string | null;
  readonly reason: string;
  readonly note: string;
  readonly used: boolean;
}

function asked(part: OrderPart, { quantity, serial, reason, note, used }: Became): readonly [PartVerb, JsonObject] {
  const one = { number: part.number, quantity, ...(serial === null ? {} : { serial }) };
  const here = part.used_here ?? 0;
  if (reason === BUILT_IN) return ["use", { lines: [{ ...one, seen: part.used - here, seen_here: here }] }];
  if (reason === DEFECTIVE || reason === UNUSED) return ["give-back", { lines: [one], defective: reason === DEFECTIVE, used }];
  return ["explain", { ...one, reason, note }];
}
