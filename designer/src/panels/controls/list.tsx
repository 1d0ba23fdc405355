import type { Json, JsonObject, Words } from "@mendloop/engine";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { linesOf, moveItem, pathOf, removeItems } from "../../model/index.ts";
import { Icon } from "../../shell/icon.tsx";
import { language, say } from "../../words/index.ts";
import { changeList } from "../edit.ts";
import { newRow, withoutSamples, wordsKey, wordsTyped } from "../list_edit.ts";
import { type Ordering, useOrdering } from "../ordering.ts";
import { resolved, type Schema, schemaOf } from "../schema/schema.ts";
import { stayInList } from "../stay.ts";
import { titleOf } from "../schema/telling.ts";
import { type Control, type ControlProps, rootSchema, useControl } from "../use.ts";
import { Controls } from "../controls.tsx";
import { Frame } from "./frame.tsx";
import { Text } from "./text.tsx";
import { WordsControl } from "./words.tsx";

export interface RowProps extends ControlProps {
  readonly schema: Schema;
  readonly index: number;
  readonly row: Json;
}

export interface ListProps extends ControlProps {
  /** What a row shows. Missing: its words, or all its settings. */
  readonly show?: ((props: RowProps) => ComponentChildren) | undefined;
  /** What is folded under a row. Missing: the settings beside its words. Null: nothing. */
  readonly fold?: ((props: RowProps) => ComponentChildren) | null | undefined;
  /** Beginning of the names of new rows: `item` gives `item`, `item_2`, … */
  readonly stem?: string | undefined;
}

/** Rows that are added, taken away and ordered (drag, or Alt with arrows). Many lines can be pasted at once. */
export function List(props: ListProps): JSX.Element {
  const { session, pointer } = props;
  const control = useControl<Json>(props);
  const root = rootSchema(session);
  const item = resolved(root, control.schema.items ?? {});
  const rows = listOf(control.value);
  const change = (make: (list: Json[]) => readonly Json[]): void => { changeList(session, pointer, control.label, make); };
  const ordering = useOrdering(rows.length, (from, to) => { session.editor.edit((draft) => moveItem(draft, pathOf(draft.template, pointer), from, to)); });
  const isOwn = control.problem?.at === pointer; // a row shows its own problems
  return (
    <Frame {...control} bare={props.bare} group problem={isOwn ? control.problem : null} aside={rows.length > 1 ? <span class="panels-count">{rows.length}</span> : null}>
      {rows.length === 0 ? null : (
        <ol class="panels-rows">
          {rows.map((row, index) => (
            <Row key={keyOf(row, index)} session={session} show={props.show} fold={props.fold} label={`${control.label} ${index + 1}`} pointer={`${pointer}/${index}`} schema={schemaOf(root, item, row)} index={index} row={row} control={control} ordering={ordering}
              isLast={index === rows.length - 1} onRemove={() => { session.editor.edit((draft) => removeItems(draft, pathOf(draft.template, pointer), [index])); }} />
          ))}
        </ol>
      )}
      {control.readonly || rows.length >= (control.schema.maxItems ?? Infinity) ? null : <Add {...props} control={control} item={item} change={change} />}
    </Frame>
  );
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

interface AddProps extends ListProps {
  readonly control: Control<Json>;
  readonly item: Schema;
  readonly change: (make: (list: Json[]) => readonly Json[]) => void;
}

/** A line to type or paste into where rows have words, else a button. */
function Add({ session, control, item, change, autofocus, stem = "item" }: AddProps): JSX.Element {
  const root = rootSchema(session);
  const row = (list: readonly Json[], words: Words): readonly Json[] => [...list, newRow(root, item, words, list, stem)];
  if (hasLine(item)) return <AddLine label={control.label} onAdd={(texts) => { change((list) => texts.reduce<readonly Json[]>(row, texts.length > 1 ? withoutSamples(list, session.editor.draft.peek().template) : list)); }} autofocus={autofocus} />;
  const what = titleOf(item) || control.label;
  return <button type="button" class="panels-add" data-testid="panel-add" onClick={() => { change((list) => row(list, {})); }}><Icon name="plus" />{say("panels.add_what", { what })}</button>;
}

function hasLine(item: Schema): boolean {
  return item.properties === undefined || wordsKey(item) !== null;
}

function keyOf(row: Json, index: number): string | number {
  const name = typeof row === "object" && row !== null ? (row as JsonObject)["id"] : undefined;
  return typeof name === "string" ? name : index;
}

interface WholeRowProps extends RowProps, Pick<ListProps, "show" | "fold"> {
  readonly control: Control<Json>;
  readonly ordering: Ordering;
  readonly isLast: boolean;
  readonly onRemove: () => void;
}

function Row(props: WholeRowProps): JSX.Element {
  const { index, control, ordering, isLast, onRemove } = props;
  const [isOpen, open] = useState(false);
  const what = `${control.label} ${index + 1}`;
  const folded = foldedOf(props);
  return (
    <li class="panels-row" data-row={index} data-testid="panel-row" {...dropping(ordering, index, isLast)} onKeyDown={(event) => { ordering.onKeyDown(event, index); }}>
      {control.readonly ? null : <button type="button" class="panels-grip" aria-label={say("panels.move", { what })} title={say("panels.move_hint")} {...ordering.handle(index)}><Icon name="grip" /></button>}
      <div class="panels-row-body">
        {props.show === undefined ? <Shown {...props} /> : props.show(props)}
        {isOpen && folded !== null ? <div class="panels-fold">{folded()}</div> : null}
      </div>
      {folded === null ? null : <button type="button" class="panels-grip" aria-expanded={isOpen} aria-label={say("panels.more_of", { what })} onClick={() => { open(!isOpen); }}><Icon name={isOpen ? "up" : "down"} /></button>}
      {control.readonly ? null : <button type="button" class="panels-grip" aria-label={say("panels.remove_it", { what })} data-testid="panel-remove" onClick={(event) => { stayInList(event); onRemove(); }}><Icon name="close" /></button>}
    </li>
  );
}

function dropping({ drag }: Ordering, index: number, isLast: boolean): Readonly<Record<string, string | boolean>> {
  if (drag === null) return {};
  if (drag.from === index) return { "data-dragged": true };
  if (drag.to === index) return { "data-drop": "before" };
  return isLast && drag.to > index ? { "data-drop": "after" } : {};
}

/** What stands in a row that says nothing else: its words, its text, or everything. */
function Shown(props: RowProps): JSX.Element {
  const { session, pointer, schema, row } = props;
  const key = wordsKey(schema);
  if (schema.properties === undefined || typeof row === "string") return <Text session={session} pointer={pointer} schema={schema} label={props.label} bare />;
  if (key === null) return <Controls session={session} pointer={pointer} schema={schema} />;
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/${key}`} required={schema.required?.includes(key)} bare />
      {beside(schema).length === 0 ? null : <Controls session={session} pointer={pointer} schema={schema} only={beside(schema)} />}
    </>
  );
}

/** The settings that stand in a row without being asked for. */
function beside({ properties = {} }: Schema): readonly string[] {
  return Object.keys(properties).filter((name) => properties[name]?.["x-beside"] === true);
}

function foldedOf(props: WholeRowProps): (() => ComponentChildren) | null {
  const { fold, schema, session, pointer, row } = props;
  if (fold === null) return null;
  if (fold !== undefined) return () => fold(props);
  const key = wordsKey(schema);
  if (key === null || typeof row === "string" || schema.properties === undefined) return null;
  return () => <Controls session={session} pointer={pointer} schema={schema} without={[key, ...beside(schema)]} isFolded={false} />;
}

interface AddLineProps {
  readonly label: string;
  readonly onAdd: (lines: readonly Words[]) => void;
  readonly autofocus?: boolean | undefined;
}

/** Enter adds a row; what is pasted adds one for each of its lines. */
function AddLine({ label, onAdd, autofocus }: AddLineProps): JSX.Element {
  const [text, setText] = useState("");
  const add = (lines: readonly Words[] = []): void => {
    setText("");
    const typed = text.trim() === "" ? [] : [wordsTyped(text, language.peek())];
    if (typed.length + lines.length > 0) onAdd([...typed, ...lines]);
  };
  return (
    <div class="panels-add-line">
      <Icon name="plus" />
      <input type="text" class="input" value={text} autocomplete="off" aria-label={say("panels.add_what", { what: label })} placeholder={say("panels.add_lines")} data-testid="panel-add-line"
        ref={(input) => { if (autofocus === true && input !== null && input.dataset["begun"] === undefined) { input.dataset["begun"] = ""; input.focus(); } }}
        onInput={(event) => { setText(event.currentTarget.value); }} onBlur={() => { add(); }}
        onKeyDown={(event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); add(); } else if (event.key === "Escape" && text !== "") { event.stopPropagation(); setText(""); } }}
        onPaste={(event) => {
          const lines = linesOf(event.clipboardData?.getData("text/plain") ?? "", event.clipboardData?.getData("text/html"));
          if (lines.length < 2) return;
          event.preventDefault();
          add(lines);
        }} />
    </div>
  );
}
