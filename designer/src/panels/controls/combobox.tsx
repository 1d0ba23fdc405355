import type { JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../shell/icon.tsx";
import { say } from "../../words/index.ts";
import { isCalled, matching, type Option } from "../references.ts";

export interface ComboboxProps {
  readonly id: string;
  readonly options: readonly Option[];
  /** What is chosen; "" nothing. */
  readonly value: string;
  readonly onChoose: (option: Option) => void;
  /** Texts that are no option are taken as well: as `{value, label}` of what was typed. */
  readonly isFree?: boolean;
  /** What is made of a typed text that is no option: the last in the list, and only for who chooses it. */
  readonly offer?: ((text: string) => Option) | undefined;
  /** Options come from elsewhere for this text; then they are not filtered here. */
  readonly onQuery?: (query: string) => void;
  readonly onBackspace?: () => void;
  readonly placeholder?: string;
  readonly readonly?: boolean;
  readonly autofocus?: boolean | undefined;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const MOST_SHOWN = 100;

interface Search {
  readonly query: string;
  readonly active: number;
}

/** A list that can be searched: type, arrows, Enter. What is chosen is shown by its name. */
export function Combobox(props: ComboboxProps): JSX.Element {
  const { id, value, autofocus = false, readonly = false } = props;
  const [search, setSearch] = useState<Search | null>(null); // null: closed
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const chosen = props.options.find((option) => option.value === value);
  const found = shownFor(props, search, chosen);
  useEffect(() => { if (autofocus) input.current?.focus(); }, []);
  const acts = actsOf(props, search, found, setSearch);
  return (
    <div class="panels-combobox">
      <input ref={input} id={id} type="text" class="input" role="combobox" autocomplete="off" {...spoken(list, search, found)} {...props.attributes} readOnly={readonly} value={search?.query ?? chosen?.label ?? value}
        placeholder={search === null ? props.placeholder : (chosen?.label ?? props.placeholder)}
        onClick={() => { if (search === null) acts.open(""); }} onInput={(event) => { acts.open(event.currentTarget.value); }} onKeyDown={acts.press} onBlur={acts.leave} />
      <Icon name="down" />
      {search === null ? null : <Found list={list} found={found} active={search.active} value={value} anchor={input.current} isFree={props.isFree === true && search.query !== ""} onChoose={acts.choose} />}
    </div>
  );
}

function spoken(list: string, search: Search | null, found: readonly Option[]): Readonly<Record<string, string | boolean | undefined>> {
  const active = search === null || found[search.active] === undefined ? undefined : `${list}-${search.active}`;
  return { "aria-autocomplete": "list", "aria-expanded": search !== null, "aria-controls": search === null ? undefined : list, "aria-activedescendant": active };
}

interface Acts {
  readonly open: (query: string) => void;
  readonly choose: (option: Option | undefined) => void;
  readonly leave: () => void;
  readonly press: (event: KeyboardEvent) => void;
}

function actsOf(props: ComboboxProps, search: Search | null, found: readonly Option[], setSearch: (search: Search | null) => void): Acts {
  const open = (query: string): void => {
    if (props.readonly === true) return;
    setSearch({ query, active: query === "" ? Math.max(0, found.findIndex(({ value }) => value === props.value)) : 0 });
    props.onQuery?.(query);
  };
  const choose = (option: Option | undefined): void => { setSearch(null); if (option !== undefined) props.onChoose(option); };
  const walk = (by: number): void => {
    if (search === null) open("");
    else setSearch({ ...search, active: (search.active + by + found.length) % Math.max(1, found.length) });
  };
  const keys: Readonly<Record<string, (() => boolean) | undefined>> = { // true: this key has done its work here
    ArrowDown: () => { walk(1); return true; },
    ArrowUp: () => { walk(-1); return true; },
    Enter: () => { if (search !== null) choose(found[search.active] ?? asTyped(props, search.query)); return search !== null; },
    Escape: () => { setSearch(null); return search !== null; },
    Backspace: () => { if ((search?.query ?? props.value) === "") props.onBackspace?.(); return false; },
  };
  return {
    open, choose,
    leave: () => { choose(search === null ? undefined : (exact(props.options, search.query) ?? asTyped(props, search.query))); },
    press: (event) => {
      if (event.isComposing || event.altKey || keys[event.key]?.() !== true) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

function asTyped({ isFree = false }: ComboboxProps, query: string): Option | undefined {
  const text = query.trim();
  return isFree && text !== "" ? { value: text, label: text } : undefined;
}

function shownFor({ options, onQuery, offer }: ComboboxProps, search: Search | null, chosen: Option | undefined): readonly Option[] {
  const isWhole = onQuery !== undefined || search === null || (search.query === "" && chosen !== undefined);
  const found = (isWhole ? options : matching(options, search.query)).slice(0, MOST_SHOWN);
  const text = search?.query.trim() ?? "";
  return offer === undefined || text === "" || exact(options, text) !== undefined ? found : [...found, offer(text)];
}

function exact(options: readonly Option[], text: string): Option | undefined {
  const wanted = text.trim().toLowerCase();
  return wanted === "" ? undefined : (options.find(({ label, value }) => label.toLowerCase() === wanted || value.toLowerCase() === wanted) ?? options.find((option) => isCalled(option, wanted)));
}

interface FoundProps {
  readonly list: string;
  readonly found: readonly Option[];
  readonly active: number;
  readonly value: string;
  readonly anchor: HTMLElement | null;
  readonly isFree: boolean;
  readonly onChoose: (option: Option) => void;
}

function Found({ list, found, active, value, anchor, isFree, onChoose }: FoundProps): JSX.Element {
  const place = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    const put = (): void => { if (place.current !== null && anchor !== null) show(place.current, anchor); };
    put();
    addEventListener("scroll", put, true); // it stays at its input while the panel under it moves
    return () => { removeEventListener("scroll", put, true); };
  }, [anchor, found.length]);
  useLayoutEffect(() => { place.current?.children[active]?.scrollIntoView({ block: "nearest" }); }, [active]);
  return (
    <ul id={list} ref={place} class="menu panels-found" popover="manual" role="listbox" aria-label={say("panels.options")} onPointerDown={(event) => { event.preventDefault(); }}>
      {found.map((option, index) => (
        <li key={option.value} id={`${list}-${index}`} role="option" aria-selected={option.value === value} class={index === active ? "active" : undefined} onClick={() => { onChoose(option); }}>
          {option.icon === undefined ? null : <Icon name={option.icon} />}
          <span>{option.label}</span>{option.note === undefined ? null : <small>{option.note}</small>}
        </li>
      ))}
      {found.length > 0 ? null : <li role="option" aria-selected="false" aria-disabled="true" class="none">{say(isFree ? "panels.enter_takes" : "panels.nothing_found")}</li>}
    </ul>
  );
}

/** Below the input, above it where there is more room; never out of the window. */
function show(list: HTMLElement, anchor: HTMLElement): void {
  if (!list.matches(":popover-open")) list.showPopover();
  const { left, top, bottom, width } = anchor.getBoundingClientRect();
  const below = innerHeight - bottom;
  const isBelow = below > 260 || below > top;
  list.style.minWidth = `${width}px`;
  list.style.left = `${Math.max(4, Math.min(left, innerWidth - list.offsetWidth - 8))}px`;
  list.style.maxHeight = `${Math.min(320, (isBelow ? below : top) - 12)}px`;
  list.style.top = isBelow ? `${bottom + 4}px` : "auto";
  list.style.bottom = isBelow ? "auto" : `${innerHeight - top + 4}px`;
}
