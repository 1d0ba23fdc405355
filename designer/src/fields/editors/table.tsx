import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { Controls, Frame, List, NumberControl, Segments, setAt, useControl, WordsControl } from "../../panels/index.ts";
import { addItem, command, type Field, newField, pathOf } from "../../model/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { read, say } from "../../words/index.ts";
import { COLUMN_TYPES, type FieldType, HEAD_KEYS, OWN_KEYS } from "../types.ts";
import { TypeEditor } from "./editor.tsx";
import type { EditorProps, Of } from "./props.ts";
import { Rows } from "./rows.tsx";

/** Columns, each a field of its own; rows that are given here, or added by who does the work. */
export function TableEditor(props: EditorProps): JSX.Element {
  const { session, pointer, node } = props;
  const field = props.field as Of<"table">;
  const columns = useControl<Json>({ session, pointer: `${pointer}/columns` });
  const at = `${pointer}/columns`;
  return (
    <>
      <Frame {...columns} group problem={columns.problem?.at === at ? columns.problem : null}>
        <Rows<Field & Json> session={session} pointer={at} what={columns.label} rows={field.columns} keyOf={({ id }) => id} nameOf={(column) => read(column.label) || column.id}
          row={(column, mine) => <ColumnRow session={session} pointer={mine} column={column} />} fold={(column, mine) => <ColumnFold session={session} pointer={mine} field={column} node={node} />} />
        {mayEdit(session) ? <button type="button" class="panels-add" data-testid="add-column" onClick={() => { session.editor.edit((draft) => addItem(draft, pathOf(draft.template, at))); }}><Icon name="plus" />{say("fields.add_column")}</button> : null}
      </Frame>
      <TableRows session={session} pointer={pointer} field={field} node={node} />
    </>
  );
}

function ColumnRow({ session, pointer, column }: { readonly session: Session; readonly pointer: string; readonly column: Field }): JSX.Element {
  const turn = (type: FieldType): void => {
    const { label, help } = column;
    setAt(session, pointer, { ...newField(type, column.id), ...(label === undefined ? {} : { label }), ...(help === undefined ? {} : { help }) }, say("fields.column_type"));
  };
  const types = COLUMN_TYPES.includes(column.type) ? COLUMN_TYPES : [column.type, ...COLUMN_TYPES];
  return (
    <>
      <WordsControl session={session} pointer={`${pointer}/label`} required bare />
      <select class="select fields-column-type" aria-label={say("fields.column_type")} disabled={!mayEdit(session)} data-pointer={`${pointer}/type`} value={column.type} onChange={(event) => { turn(event.currentTarget.value as FieldType); }}>
        {types.map((type) => <option key={type} value={type}>{say(`fields.type_${type}`)}</option>)}
      </select>
    </>
  );
}

function ColumnFold(props: EditorProps): JSX.Element {
  return (
    <>
      <TypeEditor {...props} />
      <Controls session={props.session} pointer={props.pointer} without={[...HEAD_KEYS.filter((key) => key !== "id"), ...OWN_KEYS[props.field.type]]} />
    </>
  );
}

/** Fixed rows have names; added ones at most a number. */
function TableRows({ session, pointer, node, field }: EditorProps): JSX.Element {
  const isFixed = (field as Of<"table">).fixed !== undefined;
  const turn = (wantsFixed: boolean): void => {
    if (wantsFixed === isFixed) return;
    session.editor.edit((draft) => command(draft, { key: "edit.change_field" }, ({ template }) => {
      const step = template.nodes[node];
      const table = step?.kind === "step" ? step.fields?.find(({ id }) => id === field.id) : undefined;
      if (table?.type !== "table") return;
      if (wantsFixed) { delete table.rows; table.fixed = [{ id: "row_1", label: { "zh-CN": "第 1 行", en: "Row 1" } }]; } else delete table.fixed;
    }));
  };
  return (
    <>
      <Segments<boolean> name={`${field.id}-rows`} value={isFixed} isDisabled={!mayEdit(session)} onChange={turn}
        options={[{ value: false, word: say("fields.rows_added") }, { value: true, word: say("fields.rows_fixed") }]} />
      {isFixed ? <List session={session} pointer={`${pointer}/fixed`} stem="row" /> : (
        <div class="fields-pair">
          <NumberControl session={session} pointer={`${pointer}/rows/min`} />
          <NumberControl session={session} pointer={`${pointer}/rows/max`} />
        </div>
      )}
    </>
  );
}
