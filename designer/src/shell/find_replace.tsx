import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { findWords, type Hit, nameOf, replaceInWords, type Search } from "../model/index.ts";
import { tonguesIn } from "../panels/tongues.ts";
import { mayEdit, type Session, useSession } from "../session.ts";
import { type Language, read, say } from "../words/index.ts";
import { Sheet, whenClosed } from "./sheet.tsx";

const SHOWN = 200;

interface Wanted { readonly find: string; readonly replacement: string; readonly matchCase: boolean; readonly wholeWord: boolean; readonly language: Language | "" }

const NOTHING_YET: Wanted = { find: "", replacement: "", matchCase: false, wholeWord: false, language: "" };

/** Find, and replace, in all words of the template. What is replaced at once is undone at once. */
export function FindReplace({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const session = useSession();
  const [wanted, want] = useState(NOTHING_YET);
  const { template } = session.editor.draft.value;
  const search = searchOf(wanted);
  const hits = useMemo(() => findWords(template, wanted.find, search), [template, wanted]);
  const replace = (isWanted: (hit: Hit) => boolean = () => true): void => { session.editor.edit((draft) => replaceInWords(draft, wanted.find, wanted.replacement, search, isWanted)); };
  const count = hits.reduce((sum, { places }) => sum + places.length, 0);
  const may = mayEdit(session);
  return (
    <Sheet title={say("shell.find")} onClose={onClose} testid="find" foot={may ? (
      <button type="button" class="button primary" disabled={count === 0} data-testid="replace-all" onClick={() => { replace(); session.tell(say("shell.find_done", { count })); }}>{say("shell.find_all")}</button>
    ) : undefined}>
      <div class="find">
        <div class="find-row">
          <label><span class="caption">{say("shell.find_what")}</span><input class="input" autoFocus data-testid="find-what" value={wanted.find} onInput={({ currentTarget }) => { want({ ...wanted, find: currentTarget.value }); }} /></label>
          {may ? <label><span class="caption">{say("shell.find_with")}</span><input class="input" data-testid="find-with" value={wanted.replacement} onInput={({ currentTarget }) => { want({ ...wanted, replacement: currentTarget.value }); }} /></label> : null}
        </div>
        <div class="find-options">
          <label><input type="checkbox" class="check" checked={wanted.matchCase} onChange={() => { want({ ...wanted, matchCase: !wanted.matchCase }); }} />{say("shell.find_case")}</label>
          <label><input type="checkbox" class="check" checked={wanted.wholeWord} onChange={() => { want({ ...wanted, wholeWord: !wanted.wholeWord }); }} />{say("shell.find_whole")}</label>
          {tonguesIn(template).length < 2 ? null : <label>{say("shell.find_language")}
            <select class="select" value={wanted.language} onChange={({ currentTarget }) => { want({ ...wanted, language: currentTarget.value as Wanted["language"] }); }}>
              <option value="">{say("shell.find_both")}</option><option value="zh-CN">中文</option><option value="en">English</option>
            </select>
          </label>}
        </div>
        <p role="status" class="quiet" data-testid="find-count">{wanted.find === "" ? "" : say("shell.find_hits", { count })}</p>
        {hits.length === 0 ? null : <ul>{hits.slice(0, SHOWN).map((hit) => <Found key={`${hit.pointer} ${hit.language}`} session={session} hit={hit} mayReplace={may} onShow={onClose} onReplace={() => { replace((other) => other.pointer === hit.pointer && other.language === hit.language); }} />)}</ul>}
      </div>
    </Sheet>
  );
}

function searchOf({ matchCase, wholeWord, language }: Wanted): Search {
  return { matchCase, wholeWord, ...(language === "" ? {} : { language }) };
}

interface FoundProps { readonly session: Session; readonly hit: Hit; readonly mayReplace: boolean; readonly onShow: () => void; readonly onReplace: () => void }

function Found({ session, hit, mayReplace, onShow, onReplace }: FoundProps): JSX.Element {
  const { template } = session.editor.draft.value;
  return (
    <li data-testid="hit">
      <button type="button" onClick={() => { onShow(); whenClosed(() => { session.reveal(hit.element.pointer); }); }}>
        <span class="quiet">{nameOf(template, hit.element.pointer, read) || say("shell.template")}</span><br />
        <Marked text={hit.text} places={hit.places} />
      </button>
      {mayReplace ? <button type="button" class="button" onClick={onReplace}>{say("shell.find_one")}</button> : null}
    </li>
  );
}

function Marked({ text, places }: Pick<Hit, "text" | "places">): JSX.Element {
  const ends = [0, ...places.map(([, to]) => to)];
  return (
    <>
      {places.map(([from, to], index) => <span key={from}>{text.slice(ends[index], from)}<mark>{text.slice(from, to)}</mark></span>)}
      {text.slice(ends.at(-1))}
    </>
  );
}
