import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { isAboutParts } from "../parts/unsettled.ts";
import { go } from "../route.ts";
import { say } from "../words/index.ts";
import { refusalOf } from "./entries.ts";
import { Sheet } from "./later.ts";
import { WaysBelow } from "./ways_below.tsx";

/** What the engine has against finishing, beside what the fields say themselves. */
export function Refusals({ problems, order, close }: { readonly problems: readonly Problem[]; readonly order: string; close: () => void }): JSX.Element {
  const ofParts = problems.some(isAboutParts);
  return (
    <Sheet label={say("outbox.parked")} name="refusals" close={close}>
      <ul class="problems">{problems.map((problem) => <li key={problem.code + problem.at + problem.element}><Icon name="warning" /><span>{refusalOf(problem)}</span></li>)}</ul>
      <WaysBelow problems={problems} order={order} leave={close} />
      {ofParts ? <button type="button" class="button primary big wide" data-testid="settle-parts" onClick={() => { close(); go({ screen: "parts", order }); }}><Icon name="list" />{say("order_parts.settle")}</button> : null}
      <button type="button" class="button" onClick={close}>{say("back")}</button>
    </Sheet>
  );
}

/** Why work is sent back. */
export function ReasonSheet({ send, close }: { send: (reason: string) => Promise<void>; close: () => void }): JSX.Element {
  const reason = useSignal("");
  return (
    <Sheet label={say("rework.ask")} name="rework-sheet" close={close}>
      <h2>{say("rework.ask")}</h2>
      <label class="sr-only" for="rework-reason">{say("rework.ask")}</label>
      <textarea class="input" id="rework-reason" data-testid="rework-why" value={reason.value} onInput={(event) => { reason.value = event.currentTarget.value; }} />
      <button type="button" class="button primary wide" data-testid="send-back" disabled={reason.value.trim() === ""} onClick={() => { void send(reason.value); }}><Icon name="again" />{say("rework.send")}</button>
      <button type="button" class="button plain" onClick={close}>{say("cancel")}</button>
    </Sheet>
  );
}
