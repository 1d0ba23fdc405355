import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { takeDrawn } from "@mendloop/fields/pen.ts";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { withNames } from "../order/problem_names.ts";
import { useOnce } from "../ui/once.ts";
import { announce } from "../ui/toast.tsx";
import { read, say } from "../words/index.ts";
import { explain } from "../words/problems.ts";
import type { FooterProps } from "./step_footer.tsx";
import { Sheet } from "./later.ts";

/** Why one pauses: a tap on a reason pauses. A note may be written before. */
export function PauseSheet({ order, visit, recorder, close }: FooterProps & { close: () => void }): JSX.Element {
  const note = useSignal("");
  const problems = useSignal<readonly Problem[]>([]);
  const pause = useOnce(async (reason: string) => {
    await takeDrawn();
    await recorder?.save();
    const payload = { visit, reason, ...(note.value.trim() === "" ? {} : { note: note.value.trim() }) };
    problems.value = await order.do({ type: "PauseStep", payload });
    if (problems.value.length > 0) return false;
    announce(say("step.paused"));
    close();
    return true;
  });
  return (
    <Sheet label={say("pause.title")} name="pause-sheet" close={close}>
      <h2 tabIndex={-1} autofocus>{say("pause.title")}</h2>
      <label class="field-label" for="pause-note">{say("pause.note")}</label>
      <textarea class="input" id="pause-note" data-testid="pause-note" value={note.value} onInput={(event) => { note.value = event.currentTarget.value; }} />
      {order.plan.pause_reasons.map(({ id, label }) => (
        <button key={id} type="button" class="button" data-testid={`pause-${id}`} disabled={pause.busy.value} onClick={() => { pause.run(id); }}><Icon name="pause" /><span class="grow">{read(label) || id}</span></button>
      ))}
      {problems.value.map((problem) => <p key={problem.code} class="problem-line" role="alert"><Icon name="warning" />{explain(withNames(order, problem))}</p>)}
      <button type="button" class="button plain" onClick={close}>{say("cancel")}</button>
    </Sheet>
  );
}
