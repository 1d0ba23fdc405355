import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fixesFor } from "../../shell/fixes.ts";
import { Icon } from "../../shell/icon.tsx";
import { type Found, mayEdit, type Session } from "../../session.ts";
import { toldOf } from "../../told.ts";
import { say } from "../../words/index.ts";

const FIRST = 3;

interface FoundHereProps {
  readonly session: Session;
  /** The element is what stands here, with all that is in it. */
  readonly pointer: string;
  readonly without?: readonly string[];
}

/** What the check says of an element: what is wrong, where, and what would mend it. */
export function FoundHere({ session, pointer, without = [] }: FoundHereProps): JSX.Element | null {
  const [isWhole, showAll] = useState(false);
  const found = (session.check.value?.problems ?? []).filter(({ at }) => (at === pointer || at.startsWith(`${pointer}/`)) && !without.some((inner) => at.startsWith(`${pointer}/${inner}/`)));
  if (found.length === 0) return null;
  const sorted = [...found.filter(isError), ...found.filter((one) => !isError(one))];
  const rest = sorted.length - FIRST;
  return (
    <ul class="panels-problems" data-testid="panel-problems">
      {sorted.slice(0, isWhole ? undefined : FIRST).map((one) => <One key={`${one.code} ${one.at} ${JSON.stringify(one.params)}`} session={session} found={one} />)}
      {rest > 0 && !isWhole ? <li><button type="button" class="panels-link" onClick={() => { showAll(true); }}>{say("panels.more_problems", { count: rest })}</button></li> : null}
    </ul>
  );
}

function isError({ severity }: Found): boolean {
  return severity === "error";
}

function One({ session, found }: { readonly session: Session; readonly found: Found }): JSX.Element {
  const fixes = mayEdit(session) ? fixesFor(found, session.editor.draft.value) : [];
  return (
    <li data-severity={found.severity} data-code={found.code}>
      <Icon name={isError(found) ? "error" : "warn"} />
      <div>
        <button type="button" class="panels-jump" onClick={() => { session.reveal(found.at); }}><span class="unseen">{say(isError(found) ? "panels.error" : "panels.warning")}: </span>{toldOf(found, session.editor.draft.value.template)}</button>
        {fixes.length === 0 ? null : <div class="panels-fixes">{fixes.map(({ label, make }) => <button key={label} type="button" class="panels-fix" data-testid="panel-fix" onClick={() => { session.editor.edit(make); }}>{label}</button>)}</div>}
      </div>
    </li>
  );
}
