import type { Problem } from "@mendloop/engine";
import { Icon } from "@mendloop/fields";
import { takeDrawn } from "@mendloop/fields/pen.ts";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { visitToShow } from "../order/choose.ts";
import type { LiveOrder } from "../order/live_order.ts";
import { withNames } from "../order/problem_names.ts";
import type { StepRecorder } from "../order/step_recorder.ts";
import { go } from "../route.ts";
import { bringIntoSight } from "../ui/bring.ts";
import { announce } from "../ui/toast.tsx";
import { say } from "../words/index.ts";
import { ReasonSheet, Refusals } from "./later.ts";

const REASON_WANTED = "rework.reason_missing";

export interface FinishProps {
  readonly order: LiveOrder;
  readonly recorder: StepRecorder;
}

/** Finish the step. What is missing is shown where it is; a step that sends work back asks why. */
export function FinishButton({ order, recorder }: FinishProps): JSX.Element {
  const asking = useSignal(false);
  const refused = useSignal<readonly Problem[]>([]);
  const busy = useSignal(false);
  const finish = async (reason: string): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    try {
      leaveField();
      await takeDrawn();
      recorder.form.touchAll();
      if (recorder.form.problems.value.length > 0) { showFirst(recorder); return; }
      refused.value = await recorder.complete(reason);
      asking.value = refused.value.some(({ code }) => code === REASON_WANTED);
      if (refused.value.length === 0) goOn(order);
    } finally {
      busy.value = false;
    }
  };
  const others = refused.value.filter(({ code }) => code !== REASON_WANTED).map((each) => withNames(order, each));
  return (
    <>
      <button type="button" class="button primary big grow" data-testid="finish" onClick={() => { void finish(""); }}><Icon name="check" />{say("step.finish")}</button>
      {others.length === 0 ? null : <Refusals problems={others} order={order.id} close={() => { refused.value = []; }} />}
      {asking.value ? <ReasonSheet send={finish} close={() => { asking.value = false; }} /> : null}
    </>
  );
}

/** What is still being typed counts: some phones leave a field only when they are told to. */
export function leaveField(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Bring the first field that stands in the way into sight, and say what it lacks. */
function showFirst(recorder: StepRecorder): void {
  const first = recorder.form.problems.value[0];
  if (first === undefined) return;
  const card = document.getElementById(`f-${first.field.id}-card`) ?? document.querySelector("[data-testid=blocked]");
  if (card !== null) bringIntoSight(card);
  card?.querySelector<HTMLElement>("input, textarea, button, select")?.focus({ preventScroll: true });
}

/** To what comes next, whichever step that is by then, or the end: who waits for a colleague is taken along. */
function goOn(order: LiveOrder): void {
  announce(say("step.finished"));
  const next = visitToShow(order.plan, order.record.peek().order.state, order.actor);
  if (next === null) go({ screen: "summary", order: order.id }, { replace: true });
  else go({ screen: "order", order: order.id, visit: null }, { replace: true });
}
