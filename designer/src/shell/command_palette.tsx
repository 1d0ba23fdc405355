import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useSession } from "../session.ts";
import { language, say } from "../words/index.ts";
import { type Action, shownKeys } from "./actions.ts";
import { type Findable, findables } from "./findable.ts";
import { Icon } from "./icon.tsx";
import { Sheet, whenClosed } from "./sheet.tsx";

const SHOWN = 60;

interface Entry extends Findable {
  readonly keys?: string;
  readonly run: () => void;
}

/** One place for everything: any act, any step, field or word, found by typing. */
export function CommandPalette({ actions, onClose }: { readonly actions: readonly Action[]; readonly onClose: () => void }): JSX.Element {
  const [asked, ask] = useState("");
  const [chosen, choose] = useState(0);
  const entries = useEntries(actions);
  const shown = useMemo(() => found(entries, asked), [entries, asked]);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => { list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [chosen]);
  const take = (entry: Entry | undefined): void => { if (entry !== undefined) { onClose(); entry.run(); } };
  return (
    <Sheet title={say("shell.palette")} onClose={onClose} testid="palette">
      <div class="palette">
        <input class="input" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={`palette-${chosen}`} aria-label={say("shell.palette_ask")}
          placeholder={say("shell.palette_ask")} autoFocus data-testid="palette-input" value={asked}
          onInput={({ currentTarget }) => { ask(currentTarget.value); choose(0); }}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined) { event.preventDefault(); choose(Math.max(0, Math.min(shown.length - 1, chosen + step))); }
            if (event.key === "Enter") { event.preventDefault(); take(shown[chosen]); }
          }} />
        <ul id="palette-list" role="listbox" aria-label={say("shell.palette")} ref={list}>
          {shown.map((entry, index) => (
            <li key={entry.id} id={`palette-${index}`} role="option" aria-selected={index === chosen} data-testid="palette-entry"
              onClick={() => { take(entry); }} onPointerMove={() => { choose(index); }}>
              <Icon name={entry.id.startsWith("/") ? "search" : "right"} />
              <span>{entry.label}</span><span class="quiet">{entry.about}</span>{entry.keys === undefined ? null : <kbd>{entry.keys}</kbd>}
            </li>
          ))}
        </ul>
        {shown.length === 0 ? <p class="quiet">{say("shell.palette_none")}</p> : null}
      </div>
    </Sheet>
  );
}

function useEntries(actions: readonly Action[]): readonly Entry[] {
  const session = useSession();
  const { template } = session.editor.draft.value;
  return useMemo(() => [
    ...actions.filter((action) => action.isPossible?.() ?? true).map((action) => entryOf(action)),
    ...findables(template).map((found) => ({ ...found, run: () => { whenClosed(() => { session.reveal(found.id); }); } })),
  ], [actions, template, language.value]);
}

function entryOf(action: Action): Entry {
  const keys = action.keys?.[0];
  return { id: action.id, label: action.label, about: "", name: "", run: action.run, ...(keys === undefined ? {} : { keys: shownKeys(keys) }) };
}

/** Entries that hold every word of what is asked; those that begin with it come first. */
function found(entries: readonly Entry[], asked: string): readonly Entry[] {
  const words = asked.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fitting = entries.filter(({ label, about, name }) => words.every((word) => `${label} ${about} ${name}`.toLowerCase().includes(word)));
  const first = words[0] ?? "";
  return [...fitting].sort((one, other) => Number(other.label.toLowerCase().startsWith(first)) - Number(one.label.toLowerCase().startsWith(first))).slice(0, SHOWN);
}
