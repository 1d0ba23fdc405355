import type { JSX } from "preact";
import { type FieldProps, useHost } from "../host.ts";
import { describedBy } from "./typing.ts";

export function DatetimeWidget(props: FieldProps): JSX.Element {
  const host = useHost();
  const { id, answer, readonly, change, settle } = props;
  const now = (): void => { change(new Date().toISOString()); settle(); };
  return (
    <div class="with-unit">
      <input class="input grow" id={id} type="datetime-local" readOnly={readonly} value={localText(answer)} {...describedBy(props)}
        onInput={(event) => { change(momentOf(event.currentTarget.value)); }} onBlur={settle} />
      {readonly ? null : <button type="button" class="button" onClick={now}>{host.say("datetime.now")}</button>}
    </div>
  );
}

/** `YYYY-MM-DDTHH:MM` in the phone's own time zone, as the input wants it. */
export function localText(moment: unknown): string {
  const date = typeof moment === "string" ? new Date(moment) : new Date(NaN);
  if (Number.isNaN(date.getTime())) return "";
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that a local `YYYY-MM-DDTHH:MM` says, in UTC with milliseconds; null when it is incomplete. */
export function momentOf(local: string): string | null {
  const date = new Date(local);
  return local === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
