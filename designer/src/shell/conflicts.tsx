import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type Change, sidesOf } from "../model/diff/index.ts";
import type { Conflict, Merge, Side } from "../model/merge/index.ts";
import { useSession } from "../session.ts";
import { read, say } from "../words/index.ts";
import { Sheet } from "./sheet.tsx";

/** What two people have changed in different ways, side by side, to be chosen. */
export function Conflicts({ onClose }: { readonly onClose: () => void }): JSX.Element | null {
  const { store } = useSession();
  const question = store.question.value;
  useEffect(() => { if (question === null) onClose(); }, [question === null]);
  if (question === null) return null;
  const { conflicts, by, why, merge } = question;
  const theirs = why === "kept" ? say("shell.conflict_now") : by === "" ? say("shell.conflict_theirs_unnamed") : say("shell.conflict_theirs", { name: by });
  const mine = say(why === "kept" ? "shell.conflict_kept" : "shell.conflict_mine");
  const all = (side: Side) => () => { store.choose(conflicts, side); };
  return (
    <Sheet title={say("shell.conflicts")} onClose={onClose} wide testid="conflicts" foot={(
      <>
        <button type="button" class="button" onClick={all("mine")}>{say("shell.conflict_all", { whose: mine })}</button>
        <button type="button" class="button" onClick={all("theirs")}>{say("shell.conflict_all", { whose: theirs })}</button>
      </>
    )}>
      <p class="quiet">{say("shell.conflicts_lead")}</p>
      <ul class="conflicts">
        {conflicts.map((conflict) => <Question key={conflict.key} conflict={conflict} merge={merge} mine={mine} theirs={theirs} onTake={(side) => { store.choose(conflict, side); }} />)}
      </ul>
    </Sheet>
  );
}

interface QuestionProps { readonly conflict: Conflict; readonly merge: Merge; readonly mine: string; readonly theirs: string; readonly onTake: (side: Side) => void }

function Question({ conflict, merge, mine, theirs, onTake }: QuestionProps): JSX.Element {
  const sides = sidesOf(merge, conflict);
  return (
    <li data-testid="conflict">
      <h3>{read(conflict.element)}</h3>
      <div class="conflict-sides">
        <Choice title={mine} changes={sides.mine} value={conflict.mine} testid="take-mine" onTake={() => { onTake("mine"); }} />
        <Choice title={theirs} changes={sides.theirs} value={conflict.theirs} testid="take-theirs" onTake={() => { onTake("theirs"); }} />
      </div>
    </li>
  );
}

interface ChoiceProps { readonly title: string; readonly changes: readonly Change[]; readonly value: unknown; readonly testid: string; readonly onTake: () => void }

/** What one side has done, in words; where there are none for it, what stands there now. */
function Choice({ title, changes, value, testid, onTake }: ChoiceProps): JSX.Element {
  return (
    <div class="conflict-side">
      <h4>{title}</h4>
      {changes.length > 0 ? <ul>{changes.map((change) => <li key={change.pointer + read(change.words)}>{read(change.words)}</li>)}</ul> : <pre>{shown(value)}</pre>}
      <button type="button" class="button primary" data-testid={testid} onClick={onTake}>{say("shell.conflict_take")}</button>
    </div>
  );
}

function shown(value: unknown): string {
  if (value === undefined) return say("shell.conflict_removed");
  return typeof value === "string" ? value : JSON.stringify(value, null, 1).replace(/^[[{]\n?|\n?[\]}]$/g, "").replaceAll('"', "");
}
