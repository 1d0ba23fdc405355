import type { JSX } from "preact";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { copyFields, cutFields } from "./clipboard.ts";
import type { Room } from "./room.ts";

/** While several fields are chosen: how many, and what can be done with all of them. */
export function ChosenBar({ room }: { readonly room: Room }): JSX.Element | null {
  const chosen = room.chosen.value;
  if (chosen.size < 2) return null;
  const ids = room.ids.value.filter((id) => chosen.has(id));
  return (
    <div class="fields-chosen" role="toolbar" aria-label={say("fields.chosen", { count: ids.length })} data-testid="fields-chosen">
      <strong>{say("fields.chosen", { count: ids.length })}</strong>
      <button type="button" class="tool" title={say("fields.copy")} aria-label={say("fields.copy")} onClick={() => { void copyFields(room, ids); }}><Icon name="copy" /></button>
      {room.isReadonly.value ? null : (
        <>
          <button type="button" class="button" onClick={() => { room.duplicate(ids); }}>{say("fields.duplicate")}</button>
          <button type="button" class="button" onClick={() => { void cutFields(room, ids); }}>{say("fields.cut")}</button>
          <button type="button" class="button danger" onClick={() => { room.remove(ids); }}>{say("fields.remove")}</button>
        </>
      )}
      <button type="button" class="tool" title={say("fields.choose_none")} aria-label={say("fields.choose_none")} onClick={() => { room.choose([]); }}><Icon name="close" /></button>
    </div>
  );
}
