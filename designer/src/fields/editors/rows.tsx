import type { Json } from "@mendloop/engine";
import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { changeList, type Ordering, stayInList, useOrdering, withMoved } from "../../panels/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { say } from "../../words/index.ts";

export interface RowsProps<Row> {
  readonly session: Session;
  readonly pointer: string;
  readonly what: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string | number;
  readonly row: (row: Row, pointer: string, index: number) => ComponentChildren;
  /** Folded under the row; missing: nothing. */
  readonly fold?: ((row: Row, pointer: string, index: number) => ComponentChildren) | undefined;
  readonly nameOf: (row: Row) => string;
}

/** Rows of which each has more to it than words: ordered by their grip or Alt with arrows, taken away by "×". */
export function Rows<Row extends Json>(props: RowsProps<Row>): JSX.Element | null {
  const { session, pointer, what, rows } = props;
  const ordering = useOrdering(rows.length, (from, to) => { changeList(session, pointer, what, (list) => withMoved(list, from, to)); });
  if (rows.length === 0) return null;
  return <ol class="panels-rows" aria-label={what}>{rows.map((row, index) => <OneRow key={props.keyOf(row, index)} {...props} one={row} index={index} ordering={ordering} />)}</ol>;
}

interface OneRowProps<Row> extends RowsProps<Row> { readonly one: Row; readonly index: number; readonly ordering: Ordering }

function OneRow<Row extends Json>({ session, pointer, what, rows, row, fold, nameOf, one, index, ordering }: OneRowProps<Row>): JSX.Element {
  const [isOpen, open] = useState(false);
  const mine = `${pointer}/${index}`;
  const name = nameOf(one);
  useSignalEffect(() => { if (session.revealed.value?.pointer.startsWith(`${mine}/`) === true) open(true); });
  return (
    <li class="panels-row" data-row={index} {...dropping(ordering, index, rows.length)} onKeyDown={(event) => { ordering.onKeyDown(event, index); }}>
      {mayEdit(session) ? <button type="button" class="panels-grip" aria-label={say("fields.move_row", { name })} title={say("fields.drag")} {...ordering.handle(index)}><Icon name="grip" /></button> : null}
      <div class="panels-row-body">{row(one, mine, index)}{isOpen && fold !== undefined ? <div class="panels-fold">{fold(one, mine, index)}</div> : null}</div>
      {fold === undefined ? null : <button type="button" class="panels-grip" aria-expanded={isOpen} aria-label={say("fields.more_of", { name })} onClick={() => { open(!isOpen); }}><Icon name={isOpen ? "up" : "down"} /></button>}
      {mayEdit(session) ? <button type="button" class="panels-grip" aria-label={say("fields.remove_row", { name })} onClick={(event) => { stayInList(event); changeList(session, pointer, what, (list) => list.filter((_, other) => other !== index)); }}><Icon name="close" /></button> : null}
    </li>
  );
}

function dropping({ drag }: Ordering, index: number, count: number): Readonly<Record<string, string | boolean>> {
  if (drag === null) return {};
  if (drag.from === index) return { "data-dragged": true };
  if (drag.to === index) return { "data-drop": "before" };
  return index === count - 1 && drag.to > index ? { "data-drop": "after" } : {};
}
