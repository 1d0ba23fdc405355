import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { at, type Command, type Draft, pathOf, renameField, renameItem } from "../../model/index.ts";
import { say } from "../../words/index.ts";
import { changeAt, labelOf } from "../edit.ts";
import { type ControlProps, useControl } from "../use.ts";
import { Frame, told } from "./frame.tsx";

export interface NameProps extends ControlProps {
  /** What it is called now. Missing: what stands at the pointer. */
  readonly name?: string | undefined;
  /** The edit that renames it everywhere. Missing: only what stands at the pointer changes. */
  readonly rename?: ((draft: Draft, to: string) => Command | null) | undefined;
  /** Names that others have. Missing: those of the list the element is in. */
  readonly taken?: ReadonlySet<string> | undefined;
  readonly onRenamed?: ((to: string) => void) | undefined;
  /** Where it stands among what everybody needs: says "more" instead of the name, which few ever want to know. */
  readonly summary?: string | undefined;
}

/** Renamed by Enter, the element may be drawn anew under this name: who wrote it stays where they are. */
let justWritten: string | null = null;

const NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** The name for machines, folded away. Renamed on Enter or on leaving; all references follow. */
export function Name(props: NameProps): JSX.Element {
  const control = useControl<string>(props);
  const name = props.name ?? control.value ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed === null || typed === name ? undefined : wrongName(typed, takenBy(props));
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (justWritten !== name) return;
    openAround(input.current);
    input.current?.focus();
  }, []);
  const rename = (): void => {
    if (typed !== null && typed !== name && wrong === undefined) {
      props.session.editor.edit((draft) => (props.rename ?? usualRename(props.pointer))(draft, typed));
      props.onRenamed?.(typed);
    }
    setTyped(null);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter") { event.preventDefault(); if (wrong === undefined) { stayWith(typed); rename(); } }
    else if (event.key === "Escape" && typed !== null && typed !== name) { event.preventDefault(); event.stopPropagation(); setTyped(null); }
  };
  const frame = { ...control, label: say("panels.machine_name"), hint: say("panels.machine_name_why"), beside: true, wrong };
  return (
    <details class="panels-name" data-testid="panel-name">
      <summary>{props.summary ?? <>{say("panels.machine_name")} <code>{name}</code></>}</summary>
      <Frame {...frame}>
        <input ref={input} type="text" class="input" id={control.id} value={typed ?? name} readOnly={control.readonly} autocomplete="off" spellcheck={false} data-pointer={props.pointer} {...told(frame)}
          onInput={(event) => { setTyped(event.currentTarget.value); }} onKeyDown={press} onBlur={rename} />
      </Frame>
    </details>
  );
}

function openAround(element: HTMLElement | null): void {
  for (let fold = element?.closest("details"); fold !== null && fold !== undefined; fold = fold.parentElement?.closest("details")) fold.open = true;
}

function stayWith(name: string | null): void {
  justWritten = name;
  requestAnimationFrame(() => { justWritten = null; });
}

/** Of a field and of a row of a list all references follow; of anything else only the name itself changes. */
function usualRename(pointer: string): NonNullable<NameProps["rename"]> {
  return (draft, to) => {
    const path = pathOf(draft.template, pointer);
    const [, node, list, index, ...inside] = path;
    if (list === "fields" && inside.length === 1) return renameField(draft, String(node), String(at(draft.template, path)), to);
    const place = path.at(-2);
    return typeof place === "number" && typeof index !== "undefined" ? renameItem(draft, path.slice(0, -2), place, to) : changeAt(draft, pointer, to, labelOf(to));
  };
}

function wrongName(name: string, taken: ReadonlySet<string>): string | undefined {
  if (!NAME.test(name)) return say("panels.bad_name");
  return taken.has(name) ? say("panels.name_taken") : undefined;
}

/** `/…/items/3/id`: the names of the other items. */
function takenBy({ taken, session, pointer }: NameProps): ReadonlySet<string> {
  if (taken !== undefined) return taken;
  const path = pathOf(session.editor.draft.peek().template, pointer);
  const list = at(session.editor.draft.peek().template, path.slice(0, -2));
  return new Set((Array.isArray(list) ? (list as readonly unknown[]) : []).map((row) => String(at(row, ["id"]))));
}
