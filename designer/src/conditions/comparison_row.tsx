import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { say, type Word } from "../words/index.ts";
import type { Leaf, Op } from "./leaf.ts";
import { leafOf } from "./leaf.ts";
import { possible, useNames } from "./names.ts";
import { kindOf, leafFor, opsFor, rightKind, withOp } from "./ops.ts";
import { meaningOf } from "./paths.ts";
import { PathPicker } from "./path_picker.tsx";
import { RightSide } from "./right_side.tsx";
import type { Row } from "./rows.ts";

export interface RowProps {
  readonly session: Session;
  readonly pointer: string;
  readonly node: string;
  readonly row: Row;
  readonly readonly: boolean;
  readonly onChange: (row: Row) => void;
  readonly onRemove: () => void;
}

/** One comparison: what, how, with what. Where a row says too little, the expression as it is written. */
export function ComparisonRow({ row, readonly, onChange, onRemove, ...shared }: RowProps): JSX.Element {
  return (
    <div class="comparison" data-testid="comparison">
      {row.leaf === null
        ? <Written row={row} readonly={readonly} onChange={onChange} />
        : <Comparison {...shared} leaf={row.leaf} readonly={readonly} onChange={(leaf) => { onChange({ ...row, leaf }); }} />}
      {readonly ? null : <button type="button" class="tool" aria-label={say("conditions.remove")} title={say("conditions.remove")} data-testid="condition-remove" onClick={onRemove}><Icon name="close" /></button>}
    </div>
  );
}

interface ComparisonProps { readonly session: Session; readonly pointer: string; readonly node: string; readonly leaf: Leaf; readonly readonly: boolean; readonly onChange: (leaf: Leaf) => void }

function Comparison({ session, pointer, node, leaf, readonly, onChange }: ComparisonProps): JSX.Element {
  const { names, failed } = useNames(session, pointer, true);
  const typeOf = (path: string): ReturnType<typeof kindOf> => kindOf(path, names.names.find(({ name }) => name === path.replace(/\[\d+\]/g, ""))?.type ?? null);
  const kind = typeOf(leaf.path);
  const isChosen = leaf.path !== "";
  const { template } = session.editor.draft.value;
  const offered = possible(names.names, template, pointer);
  return (
    <div class="comparison-parts">
      <PathPicker session={session} node={node} names={offered} failed={failed} path={leaf.path} readonly={readonly} onChoose={(path) => { onChange(leafFor(path, typeOf(path))); }} />
      {isChosen
        ? (
          <select class="select" aria-label={say("conditions.how")} disabled={readonly} data-testid="condition-op" value={leaf.op} onChange={({ currentTarget }) => { onChange(withOp(leaf, currentTarget.value as Op, kind)); }}>
            {opsFor(kind, leaf.op).map((op) => <option key={op} value={op}>{say(`conditions.op.${op}` as Word)}</option>)}
          </select>
        ) : null}
      {isChosen && rightKind(leaf.op, kind) !== null
        ? <RightSide session={session} node={node} names={offered} kind={kind} leaf={leaf} meaning={meaningOf(template, node, leaf.path)} readonly={readonly} onChange={onChange} /> : null}
    </div>
  );
}

/** An expression that says more than a row can show. */
function Written({ row, readonly, onChange }: { readonly row: Row; readonly readonly: boolean; readonly onChange: (row: Row) => void }): JSX.Element {
  const [text, type] = useState(row.source);
  return (
    <input class="input code" aria-label={say("conditions.as_written")} value={text} readOnly={readonly} spellcheck={false}
      onInput={({ currentTarget }) => { type(currentTarget.value); }}
      onBlur={() => { if (text !== row.source && text.trim() !== "") onChange({ kind: "row", source: text, leaf: leafOf(text) }); }} />
  );
}
