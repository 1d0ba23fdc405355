import "./changes.css";
import type { JSX } from "preact";
import type { Change } from "../model/diff/index.ts";
import { read, say } from "../words/index.ts";

/** A difference in meaning, by what it is about. */
export function Changes({ changes, onShow }: { readonly changes: readonly Change[]; readonly onShow?: (pointer: string) => void }): JSX.Element {
  if (changes.length === 0) return <p class="quiet">{say("versions.same")}</p>;
  const groups = [...new Set(changes.map(({ group }) => read(group)))];
  return (
    <ul class="changes" data-testid="changes">
      {groups.map((group) => (
        <li key={group}>
          {group === "" ? null : <h4>{group}</h4>}
          <ul>
            {changes.filter((change) => read(change.group) === group).map((change) => (
              <li key={`${change.kind} ${change.pointer} ${read(change.words)}`} data-kind={change.kind}>
                {onShow === undefined ? read(change.words) : <button type="button" class="change-jump" onClick={() => { onShow(change.pointer); }}>{read(change.words)}</button>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
