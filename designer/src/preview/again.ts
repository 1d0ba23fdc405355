import { effect } from "@preact/signals";
import type { Session } from "../session.ts";
import { scratchpadOf } from "./scratchpad.ts";

/** Begin to record a scenario again: the order goes as far as the scenario still holds, as soon as the draft can be tried. */
export function recordAgain(session: Session, name: string): void {
  const pad = scratchpadOf(session);
  const scenario = session.editor.draft.peek().template.scenarios?.find((each) => each.name === name);
  if (scenario === undefined) return;
  pad.again.value = name;
  const stop = effect(() => {
    if (pad.trial.run.value === null) return;
    queueMicrotask(() => { stop(); if (pad.again.peek() === name) pad.trial.load(scenario); });
  });
}
