import type { Json, JsonObject, PlanField, Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { widgetOf } from "../registry.ts";

type Row = JsonObject;

/** Rows of columns: a card a row, since a phone is narrow. Fixed rows have names, free ones can be added and removed. */
export function TableWidget(props: FieldProps): JSX.Element {
  const host = useHost();
  const { field, id, answer, readonly, change, settle } = props;
  const fixed = setting<{ id: string; label: Words }[]>(field.settings, "fixed");
  const bounds = setting<{ min?: number; max?: number }>(field.settings, "rows") ?? {};
  const rows = shownRows(answer, fixed?.length ?? bounds.min ?? 0);
  const put = (next: readonly Row[]): void => { change(next.length === 0 ? null : next); };
  const room = fixed === undefined && !readonly && rows.length < (bounds.max ?? Infinity);
  const drop = (place: number): void => { put(rows.filter((_, each) => each !== place)); settle(); };
  return (
    <div class="stack">
      {rows.map((row, place) => (
        <RowCard key={place} {...props} id={`${id}-${place}`} row={row} title={fixed === undefined ? host.say("table.row", { n: place + 1 }) : host.read(fixed[place]?.label)}
          set={(next) => { put(rows.map((old, each) => (each === place ? next : old))); }}
          remove={fixed === undefined && !readonly && rows.length > (bounds.min ?? 0) ? () => { drop(place); } : null} />
      ))}
      {room ? <button type="button" class="button" data-testid={`add-row-${field.id}`} onClick={() => { put([...rows, {}]); }}><Icon name="plus" />{host.say("table.add")}</button> : null}
    </div>
  );
}

function shownRows(answer: Json | undefined, least: number): readonly Row[] {
  const rows = (Array.isArray(answer) ? answer : []) as readonly Row[];
  return rows.length >= least ? rows : [...rows, ...Array.from({ length: least - rows.length }, () => ({}))];
}

interface RowProps extends FieldProps {
  readonly row: Row;
  readonly title: string;
  set: (row: Row) => void;
  remove: (() => void) | null;
}

function RowCard(props: RowProps): JSX.Element {
  const host = useHost();
  const { field, id, title, remove } = props;
  return (
    <div class="table-row" role="group" aria-label={title} data-testid={`row-${id}`}>
      <div class="row apart">
        <span class="point-name">{title}</span>
        {remove === null ? null : <button type="button" class="button icon plain" aria-label={host.say("remove_of", { name: title })} onClick={remove}><Icon name="trash" /></button>}
      </div>
      {(setting<PlanField[]>(field.settings, "columns") ?? []).map((column) => <Cell key={column.id} {...props} column={column} />)}
    </div>
  );
}

function Cell({ column, id, row, readonly, set, settle }: RowProps & { readonly column: PlanField }): JSX.Element {
  const host = useHost();
  const widget = widgetOf(column.type);
  const Show = widget.show;
  const name = `${id}-${column.id}`;
  const put = (answer: Json): void => {
    set(answer === null ? Object.fromEntries(Object.entries(row).filter(([key]) => key !== column.id)) : { ...row, [column.id]: answer });
  };
  return (
    <div class="stack" data-testid={`cell-${column.id}`}>
      {widget.single ? <label id={`${name}-label`} class="field-label" for={name}>{host.read(column.label)}</label> : <span id={`${name}-label`} class="field-label">{host.read(column.label)}</span>}
      <Show field={column} id={name} answer={row[column.id]} problems={[]} wrong={false} readonly={readonly} change={put} settle={settle} />
      <span id={`${name}-help`} /><span id={`${name}-problems`} />
    </div>
  );
}
