import type { JSX } from "preact";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import type { Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import type { Name } from "./names.ts";
import { kindOf } from "./ops.ts";
import { nameOfPath } from "./sentence.ts";

export interface PickerProps {
  readonly session: Session;
  readonly node: string;
  readonly names: readonly Name[];
  readonly failed: boolean;
  readonly path: string;
  readonly readonly: boolean;
  readonly onChoose: (path: string) => void;
}

interface Entry { readonly path: string; readonly label: string; readonly group: string }

const SHOWN = 200;

/** Chooses an answer or a fact of the order, by name. */
export function PathPicker({ session, node, names, failed, path, readonly, onChoose }: PickerProps): JSX.Element {
  const [isOpen, open] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { template } = session.editor.draft.value;
  return (
    <>
      <button type="button" class="select path-button" ref={button} disabled={readonly} aria-haspopup="dialog" aria-expanded={isOpen} data-testid="condition-path" title={path === "" ? undefined : nameOfPath(template, node, path)} onClick={() => { open(!isOpen); }}>
        {path === "" ? <span class="quiet">{say("conditions.choose")}</span> : nameOfPath(template, node, path)}
      </button>
      {isOpen ? <PathList entries={entriesOf(session, node, names)} failed={failed} below={button.current} onChoose={(chosen) => { open(false); onChoose(chosen); button.current?.focus(); }} onClose={() => { open(false); }} /> : null}
    </>
  );
}

/** What can be compared, the step's own first. Whole steps, and answers that hold others, cannot. */
function entriesOf(session: Session, node: string, names: readonly Name[]): readonly Entry[] {
  const { template } = session.editor.draft.peek();
  return names.flatMap(({ name, type }): readonly Entry[] => {
    const isVisit = /^visits\.\w+$/.test(name);
    if (!isVisit && (kindOf(name, type) === "any" || name === "now")) return [];
    const group = name.startsWith("order.") ? "conditions.order" : isVisit ? "conditions.before" : "conditions.this_step";
    const step = /^steps\.(\w+)\./.exec(name)?.[1];
    const title = step === undefined ? say(group) : nameOfPath(template, node, `visits.${step}`);
    return [{ path: name, label: nameOfPath(template, node, name), group: title }];
  });
}

interface ListProps { readonly entries: readonly Entry[]; readonly failed: boolean; readonly below: HTMLElement | null; readonly onChoose: (path: string) => void; readonly onClose: () => void }

function PathList({ entries, failed, below, onChoose, onClose }: ListProps): JSX.Element {
  const [asked, ask] = useState("");
  const [at, goTo] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const shown = useMemo(() => found(entries, asked), [entries, asked]);
  useEffect(() => { placeBelow(box.current, below, onClose); }, []);
  useEffect(() => { box.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }); }, [at]);
  return (
    <div class="menu path-list" popover="auto" ref={box} onKeyDown={(event) => { event.stopPropagation(); }}>
      <label class="path-search">
        <Icon name="search" />
        <input class="input" role="combobox" aria-expanded="true" aria-controls={id} aria-activedescendant={`${id}-${at}`} aria-label={say("conditions.search")} placeholder={say("conditions.search")} data-testid="path-search"
          value={asked} onInput={({ currentTarget }) => { ask(currentTarget.value); goTo(0); }}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined) { event.preventDefault(); goTo(Math.max(0, Math.min(shown.length - 1, at + step))); }
            const chosen = shown[at];
            if (event.key === "Enter" && chosen !== undefined) { event.preventDefault(); onChoose(chosen.path); }
          }} />
      </label>
      <ul role="listbox" id={id} aria-label={say("conditions.choose")}>
        {shown.map((entry, index) => (
          <li key={entry.path} role="presentation">
            {entry.group === shown[index - 1]?.group ? null : <p class="path-group">{entry.group}</p>}
            <div id={`${id}-${index}`} role="option" aria-selected={index === at} class="path-option" data-testid={`path-${entry.path}`} onClick={() => { onChoose(entry.path); }} onPointerMove={() => { goTo(index); }}>{entry.label}</div>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p class="hint">{say(failed ? "conditions.no_names" : "conditions.nothing")}</p> : null}
    </div>
  );
}

function found(entries: readonly Entry[], asked: string): readonly Entry[] {
  const words = asked.trim().toLowerCase().split(/\s+/).filter((word) => word !== "");
  return entries.filter(({ label, group, path }) => words.every((word) => `${group} ${label} ${path}`.toLowerCase().includes(word))).slice(0, SHOWN);
}

const ROOM = 8;

function placeBelow(box: HTMLDivElement | null, below: HTMLElement | null, onClose: () => void): void {
  if (box === null || below === null) return;
  box.showPopover();
  const { left, bottom, top } = below.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(ROOM, Math.min(left, innerWidth - width - ROOM))}px`;
  box.style.top = `${bottom + height + ROOM < innerHeight ? bottom + 4 : Math.max(ROOM, top - height - 4)}px`;
  box.querySelector("input")?.focus();
  box.addEventListener("toggle", (event) => { if (event.newState === "closed") onClose(); });
}
