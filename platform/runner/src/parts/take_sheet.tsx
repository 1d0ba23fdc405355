import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { Sheet } from "@mendloop/fields/sheet.tsx";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { refusalOf } from "../screens/entries.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { read, say } from "../words/index.ts";
import type { PartsDesk } from "./desk.ts";
import { PieceChoice } from "./piece_choice.tsx";
import { same } from "./reading_codes.ts";
import type { OrderPart, OrderParts } from "./types.ts";

interface TakeProps {
  readonly desk: PartsDesk;
  readonly sheet: OrderParts;
  readonly part: OrderPart;
  close: () => void;
}

/** Which pieces are taken of a part that has serial numbers. */
export function TakeSheet({ desk, sheet, part, close }: TakeProps): JSX.Element {
  const chosen = useSignal<readonly string[]>([]);
  const problems = useSignal<readonly Problem[]>([]);
  const isChosen = (serial: string): boolean => chosen.value.some((each) => same(each, serial));
  const near = (sheet.pieces ?? []).filter(({ number, serial }) => number === part.number && !isChosen(serial));
  const take = useOnce(async () => {
    const lines = chosen.value.map((serial) => ({ number: part.number, quantity: 1, serial }));
    problems.value = await desk.do(sheet.order, "issue", { lines });
    if (problems.value.length > 0) return false;
    announce(say("order_parts.taken"));
    close();
    return true;
  });
  return (
    <Sheet label={say("order_parts.which")} name="take-sheet" close={close}>
      <h2>{read(part.name) || part.number} <span class="quiet code">{part.number}</span></h2>
      <p>{say("order_parts.which")}</p>
      {chosen.value.length === 0 ? null : <div class="choices">{chosen.value.map((serial) => <button key={serial} type="button" class="button big code" aria-pressed="true" data-testid={`chosen-${serial}`} onClick={() => { chosen.value = chosen.value.filter((each) => each !== serial); }}><Icon name="check" />{serial}</button>)}</div>}
      <PieceChoice number={part.number} near={near} choose={(serial) => { if (!isChosen(serial)) chosen.value = [...chosen.value, serial]; }} />
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert"><Icon name="warning" />{refusalOf(problem)}</p>)}
      <button type="button" class="button primary big wide" data-testid="take-pieces" disabled={chosen.value.length === 0 || take.busy.value} onClick={() => { take.run(); }}><Icon name="check" />{say("order_parts.take", { n: chosen.value.length })}</button>
      <button type="button" class="button plain" onClick={close}>{say("cancel")}</button>
    </Sheet>
  );
}
