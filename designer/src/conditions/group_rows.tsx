import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { say } from "../words/index.ts";
import { ComparisonRow } from "./comparison_row.tsx";
import type { Group, Part, Row } from "./rows.ts";

export interface GroupProps {
  readonly session: Session;
  readonly pointer: string;
  readonly node: string;
  readonly group: Group;
  readonly isOutermost?: boolean;
  readonly readonly: boolean;
  readonly onChange: (group: Group) => void;
  readonly onRemove?: () => void;
}

export const NEW_ROW: Row = { kind: "row", source: "", leaf: { path: "", op: "is_true", right: null } };

/** Rows of which all must hold, or any; groups within groups are indented. */
export function GroupRows({ group, isOutermost = false, onChange, onRemove, ...shared }: GroupProps): JSX.Element {
  const { parts, all } = group;
  const change = (next: readonly Part[]): void => { onChange({ ...group, parts: next }); };
  const replace = (index: number, part: Part): void => { change(parts.map((old, place) => (place === index ? part : old))); };
  const remove = (index: number): void => { change(parts.filter((_, place) => place !== index)); };
  return (
    <div class="group-rows" data-outermost={isOutermost}>
      {parts.length > 1 || !isOutermost ? <GroupHead all={all} readonly={shared.readonly} onChange={(next) => { onChange({ ...group, all: next }); }} {...(onRemove === undefined ? {} : { onRemove })} /> : null}
      {parts.map((part, index) => (part.kind === "group"
        ? <GroupRows key={index} {...shared} group={part} onChange={(next) => { replace(index, next); }} onRemove={() => { remove(index); }} />
        : <ComparisonRow key={index} {...shared} row={part} onChange={(row) => { replace(index, row); }} onRemove={() => { remove(index); }} />))}
      {shared.readonly ? null : (
        <p class="group-add">
          <button type="button" class="tool" data-testid="condition-add" onClick={() => { change([...parts, NEW_ROW]); }}><Icon name="plus" />{say("conditions.add")}</button>
          {parts.length > 0 ? <button type="button" class="tool" data-testid="condition-add-group" onClick={() => { change([...parts, { kind: "group", all: !all, parts: [NEW_ROW] }]); }}>{say("conditions.add_group")}</button> : null}
        </p>
      )}
    </div>
  );
}

interface HeadProps { readonly all: boolean; readonly readonly: boolean; readonly onChange: (all: boolean) => void; readonly onRemove?: () => void }

function GroupHead({ all, readonly, onChange, onRemove }: HeadProps): JSX.Element {
  const name = useId();
  return (
    <div class="group-head">
      <fieldset class="group-match" disabled={readonly}>
        <legend class="unseen">{say("conditions.match")}</legend>
        {([true, false] as const).map((each) => (
          <label key={String(each)}><input type="radio" name={name} checked={all === each} onChange={() => { onChange(each); }} /><span>{say(each ? "conditions.all" : "conditions.any")}</span></label>
        ))}
      </fieldset>
      {onRemove === undefined || readonly ? null : <button type="button" class="tool" aria-label={say("conditions.remove_group")} title={say("conditions.remove_group")} onClick={onRemove}><Icon name="close" /></button>}
    </div>
  );
}
