import type { JsonObject, Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Sheet } from "@mendloop/fields/sheet.tsx";
import { refusalOf } from "../screens/entries.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { read, say } from "../words/index.ts";
import type { PartsDesk } from "./desk.ts";
import type { OrderPart, PartVerb } from "./types.ts";

interface ExplainProps {
  readonly order: string;
  readonly desk: PartsDesk;
  readonly part: OrderPart;
  readonly most: number;
  readonly reasons: readonly string[];
  close: () => void;
}

const BUILT_IN = "built_in";
const DEFECTIVE = "defective";

/** What became of a part that does not simply go back: built in, no good, or gone; the last a supervisor accepts. */
export function ExplainSheet({ order, desk, part, most, reasons, close }: ExplainProps): JSX.Element {
  const reason = useSignal("");
  const note = useSignal("");
  const quantity = useSignal(most);
  const problems = useSignal<readonly Problem[]>([]);
  const send = useOnce(async () => {
    const [verb, body] = asked(part.number, quantity.value, reason.value, note.value.trim());
    problems.value = await desk.do(order, verb, body);
    if (problems.value.length > 0) return false;
    announce(say(verb === "explain" ? "order_parts.explained" : "order_parts.settled"));
    close();
    return true;
  });
  const lacks = reason.value === "" || (reason.value === "other" && note.value.trim() === "");
  return (
    <Sheet label={say("order_parts.explain")} name="explain-sheet" close={close}>
      <h2>{read(part.name) || part.number} <span class="quiet code">{part.number}</span></h2>
      <div class="stepper">
        <button type="button" class="button icon" disabled={quantity.value <= 1} aria-label={say("order_parts.less", { name: part.number })} onClick={() => { quantity.value -= 1; }}><Icon name="dash" /></button>
        <output>{quantity.value}</output>
        <button type="button" class="button icon" disabled={quantity.value + 1 > most} aria-label={say("order_parts.more", { name: part.number })} onClick={() => { quantity.value += 1; }}><Icon name="plus" /></button>
      </div>
      <div class="stack" role="group" aria-label={say("order_parts.what_became")}>
        <span class="field-label">{say("order_parts.what_became")}</span>
        <div class="choices">
          {[BUILT_IN, DEFECTIVE, ...reasons].map((each) => (
            <button key={each} type="button" class="button big" aria-pressed={reason.value === each} data-testid={`reason-${each}`} onClick={() => { reason.value = each; }}>{say(`order_parts.reason_${each}` as "order_parts.reason_lost")}</button>
          ))}
        </div>
      </div>
      {reason.value === BUILT_IN || reason.value === DEFECTIVE ? null : (
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

function asked(number: string, quantity: number, reason: string, note: string): readonly [PartVerb, JsonObject] {
  if (reason === BUILT_IN) return ["use", { lines: [{ number, quantity }] }];
  if (reason === DEFECTIVE) return ["give-back", { lines: [{ number, quantity }], defective: true }];
  return ["explain", { number, quantity, reason, note }];
}
