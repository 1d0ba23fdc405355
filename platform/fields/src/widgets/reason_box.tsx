import type { Problem } from "@mendloop/engine";
import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useHost } from "../host.ts";

export interface ReasonBoxProps {
  readonly id: string;
  readonly problems: readonly Problem[];
  readonly reason: ReadonlySignal<string>;
  readonly readonly: boolean;
  giveReason: (reason: string) => void;
  settle: () => void;
}

/** The code of a check that lets an answer pass when a reason is given. */
export const REASON_WANTED = "answer.reason_missing";

/** Where a reason is written when a check of level "reason" asks for one. It stays once something stands in it. */
export function ReasonBox({ id, problems, reason, readonly, giveReason, settle }: ReasonBoxProps): JSX.Element | null {
  const host = useHost();
  const wanted = problems.some((problem) => problem.code === REASON_WANTED);
  if (!wanted && reason.value === "") return null;
  return (
    <div class="stack">
      <label class="field-label" for={`${id}-reason`}>{host.say("field.reason")}</label>
      <textarea class="input" id={`${id}-reason`} data-testid="reason" readOnly={readonly} value={reason.value}
        onInput={(event) => { giveReason(event.currentTarget.value); }} onBlur={settle} />
    </div>
  );
}
