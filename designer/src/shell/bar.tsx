import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Label } from "../model/index.ts";
import { mayEdit, useSession } from "../session.ts";
import { isWord, read, say } from "../words/index.ts";
import { shownKeys } from "./actions.ts";
import { Counts } from "./counts.tsx";
import { readied } from "./fetched.tsx";
import { Icon } from "./icon.tsx";
import type { MenuItem } from "./menu.tsx";
import { People } from "./people.tsx";
import { SaveMark } from "./save_state.tsx";
import { TitleField } from "./title_field.tsx";
import type { Screen } from "./screen.ts";

const Menu = readied(async () => (await import("./menu.tsx")).Menu);

/** The bar above everything: where one is, what is saved, who else is here, and the great acts. */
export function Bar({ screen, menu, onLeave }: { readonly screen: Screen; readonly menu: readonly MenuItem[]; readonly onLeave: () => void }): JSX.Element {
  const session = useSession();
  const { editor } = session;
  const may = mayEdit(session);
  return (
    <header class="bar">
      <button type="button" class="tool" aria-label={say("shell.back")} title={say("shell.back")} data-testid="leave" onClick={onLeave}><Icon name="back" /></button>
      <TitleField />
      {may ? <UndoButton name="undo" label={editor.undoable.value} run={() => { editor.undo(); }} /> : <span class="badge">{say("shell.read_only")}</span>}
      {may ? <UndoButton name="redo" label={editor.redoable.value} run={() => { editor.redo(); }} /> : null}
      <SaveMark state={session.saving.value} refusal={session.store.refusal.value} onAsk={(about) => { screen.dialog.value = about; }} />
      <span class="bar-space" />
      <People people={session.people.value} />
      <button type="button" class="button" aria-expanded={screen.problems.value} data-testid="open-problems" onClick={() => { screen.problems.value = !screen.problems.value; }}>
        <ProblemsMark />
      </button>
      <button type="button" class="tool" aria-pressed={screen.phone.value} aria-label={say("shell.phone")} title={say("shell.phone")} data-testid="toggle-phone"
        onClick={() => { screen.phone.value = !screen.phone.value; }}><Icon name="phone" /></button>
      <button type="button" class="button" aria-pressed={screen.trial.value} data-testid="try-it" onClick={() => { screen.trial.value = !screen.trial.value; }}><Icon name="play" />{say("shell.try_it")}</button>
      {session.rights.value.includes("publish")
        ? <button type="button" class="button primary" data-testid="publish" onClick={() => { screen.dialog.value = "publish"; }}>{say("shell.publish")}</button> : null}
      <MoreButton items={menu} />
    </header>
  );
}

function ProblemsMark(): JSX.Element {
  const { check } = useSession();
  if (check.value === null) return <span class="quiet">{say("shell.checking")}</span>;
  if (check.value.problems.length === 0) return <span class="bar-sound"><Icon name="check" />{say("shell.sound")}</span>;
  return <><span class="unseen">{say("shell.problems")}: </span><Counts problems={check.value.problems} /></>;
}

function UndoButton({ name, label, run }: { readonly name: "undo" | "redo"; readonly label: Label | null; readonly run: () => void }): JSX.Element {
  const words = label === null ? say(`shell.${name}`) : say(`shell.${name}_what`, { what: nameOf(label) });
  const told = label === null ? say(`shell.no_${name}`) : `${words} (${shownKeys(name === "undo" ? "Mod+Z" : "Mod+Shift+Z")})`;
  return <button type="button" class="tool" aria-label={words} title={told} disabled={label === null} data-testid={name} onClick={run}><Icon name={name} /></button>;
}

/** What an edit is called. */
export function nameOf({ key, params }: Label): string {
  return isWord(key) ? say(key, params ?? {}) : key;
}

function MoreButton({ items }: { readonly items: readonly MenuItem[] }): JSX.Element {
  const [at, open] = useState<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <>
      <button type="button" class="tool" aria-haspopup="menu" aria-expanded={at !== null} aria-label={say("shell.more")} data-testid="more"
        onClick={({ currentTarget }) => { const box = currentTarget.getBoundingClientRect(); open({ x: box.right, y: box.bottom + 4 }); }}><Icon name="more" /></button>
      {at === null ? null : <Menu label={say("shell.more")} items={items} at={at} onClose={() => { open(null); }} />}
    </>
  );
}

/** The title for the window: what is open, and whether it is safe. */
export function windowTitle(title: Parameters<typeof read>[0]): string {
  return `${read(title)} – ${say("shell.name")}`;
}
