import type { JSX, Ref } from "preact";
import type { Field } from "../model/index.ts";
import { language, say } from "../words/index.ts";
import { missingIn, setWord, tonguesIn, tonguesOf, tongueName, tongueWord, useTyping } from "../panels/index.ts";
import type { Room } from "./room.ts";

interface LabelLineProps { readonly room: Room; readonly field: Field; readonly pointer: string }

/** The label in the language that is spoken; in the others too where it is missing, or where both are wanted. */
export function LabelLine({ room, field, pointer }: LabelLineProps): JSX.Element {
  const written = tonguesIn(room.session.editor.draft.value.template);
  const [spoken = language.value] = tonguesOf(undefined, language.value, written);
  const isNeeded = field.type !== "instruction";
  const isAllWanted = room.both.value || missingIn(field.label, spoken, isNeeded);
  const others = written.filter((tongue) => tongue !== spoken && (isAllWanted || missingIn(field.label, tongue, isNeeded)));
  return (
    <div class="fields-names">
      <Tongue room={room} field={field} pointer={pointer} tongue={spoken} isFirst />
      {others.map((tongue) => <Tongue key={tongue} room={room} field={field} pointer={pointer} tongue={tongue} isFirst={false} />)}
    </div>
  );
}

function Tongue({ room, field, pointer, tongue, isFirst }: LabelLineProps & { readonly tongue: string; readonly isFirst: boolean }): JSX.Element {
  const { ref, onKeyDown, ...typing } = useTyping({ text: field.label?.[tongue] ?? "", commit: (text) => { setWord(room.session, `${pointer}/label`, tongue, text); } });
  const isMissing = missingIn(field.label, tongue, field.type !== "instruction");
  const placeholder = isMissing ? say("fields.missing_in", { language: tongueWord(tongue) }) : say("fields.no_label");
  return (
    <span class="fields-tongue" data-missing={isMissing}>
      {isFirst ? null : <span class="fields-flag" aria-hidden="true">{tongue === "zh-CN" ? "中" : "EN"}</span>}
      <input type="text" class={isFirst ? "fields-name" : "fields-name other"} lang={tongue} autocomplete="off" readOnly={room.isReadonly.value} placeholder={placeholder} aria-label={`${say("fields.label")} (${tongueName(tongue)})`}
        data-pointer={isFirst ? `${pointer}/label` : `${pointer}/label/${tongue}`} data-testid={isFirst ? `field-label-${field.id}` : `field-label-${field.id}-${tongue}`} {...typing} ref={ref as Ref<HTMLInputElement>}
        onKeyDown={(event) => {
          onKeyDown(event);
          if (event.key === "Enter" && !event.isComposing && !event.ctrlKey && !event.metaKey) room.wanted.value = { id: field.id, part: "card" };
        }} />
    </span>
  );
}
