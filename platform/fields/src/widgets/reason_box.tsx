import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useHost } from "../host.ts";

export interface ReasonBoxProps {
  readonly id: string;
  readonly reason: ReadonlySignal<string>;
  readonly readonly: boolean;
  giveReason: (reason: string) => void;
  settle: () => void;
}

/** Where a reason is written when a check of level "reason" asks for one. */
export function ReasonBox({ id, reason, readonly, giveReason, settle }: ReasonBoxProps): JSX.Element {
  const host = useHost();
  return (
    <div class="stack">
      <label class="field-label" for={`${id}-reason`}>{host.say("field.reason")}</label>
      <textarea class="input" id={`${id}-reason`} data-testid="reason" readOnly={readonly} value={reason.value}
        onInput={(event) => { giveReason(event.currentTarget.value); }} onBlur={settle} />
    </div>
  );
}
