import type { JSX } from "preact";
import { Frame, useControl } from "../../panels/index.ts";
import type { Session } from "../../session.ts";
import { clockAt, momentOf, zoneOf } from "../../times.ts";
import type { EditorProps } from "./props.ts";

export function DateEditor({ session, pointer, field }: EditorProps): JSX.Element {
  const isMoment = field.type === "datetime";
  return (
    <div class="fields-pair">
      <Day session={session} pointer={`${pointer}/min`} isMoment={isMoment} />
      <Day session={session} pointer={`${pointer}/max`} isMoment={isMoment} />
    </div>
  );
}

/** A day, or a moment: the format writes moments in UTC, people read them on their organisation's clock. */
function Day({ session, pointer, isMoment }: { readonly session: Session; readonly pointer: string; readonly isMoment: boolean }): JSX.Element {
  const control = useControl<string>({ session, pointer });
  const zone = zoneOf(session.client);
  const take = (text: string): void => { control.set(text === "" ? undefined : isMoment ? momentOf(text, zone) : text); };
  return (
    <Frame {...control}>
      <input type={isMoment ? "datetime-local" : "date"} id={control.id} class="input" data-pointer={pointer} readOnly={control.readonly} value={isMoment ? clockAt(control.value, zone) : (control.value ?? "")}
        onChange={(event) => { take(event.currentTarget.value); }} />
    </Frame>
  );
}
