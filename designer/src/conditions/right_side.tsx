import type { JSX } from "preact";
import type { Session } from "../session.ts";
import { Icon } from "../shell/icon.tsx";
import { read, say } from "../words/index.ts";
import type { Leaf, Operand } from "./leaf.ts";
import type { Name } from "./names.ts";
import { type Kind, kindOf, rightKind } from "./ops.ts";
import { type Meaning, optionsOf, unitOf } from "./paths.ts";
import { PathPicker } from "./path_picker.tsx";
import { resultName } from "./sentence.ts";

export interface RightProps {
  readonly session: Session;
  readonly node: string;
  readonly names: readonly Name[];
  readonly kind: Kind;
  readonly leaf: Leaf;
  readonly meaning: Meaning | null;
  readonly readonly: boolean;
  readonly onChange: (leaf: Leaf) => void;
}

/** What an answer is compared with: a value of its kind, or another answer of the same kind. */
export function RightSide(props: RightProps): JSX.Element {
  const { leaf, kind, names, session, node, readonly } = props;
  const wanted = rightKind(leaf.op, kind);
  const mayBePath = (wanted === "text" || wanted === "number") && !leaf.op.startsWith("size");
  const isPath = leaf.right?.kind === "path";
  const give = (right: Operand | null): void => { props.onChange({ ...leaf, right }); };
  const alike = names.filter(({ name, type }) => name !== leaf.path && kindOf(name, type) === kind);
  return (
    <>
      {isPath
        ? <PathPicker session={session} node={node} names={alike} failed={false} path={leaf.right.value} readonly={readonly} onChoose={(value) => { give({ kind: "path", value }); }} />
        : <Value {...props} wanted={wanted ?? "text"} give={give} />}
      {mayBePath && !readonly && alike.length > 0
        ? (
          <button type="button" class="tool" aria-pressed={isPath} title={say(isPath ? "conditions.with_value" : "conditions.with_field")} aria-label={say("conditions.with_field")}
            onClick={() => { give(isPath ? null : { kind: "path", value: "" }); }}><Icon name="outline" /></button>
        ) : null}
    </>
  );
}

interface ValueProps extends RightProps { readonly wanted: Operand["kind"]; readonly give: (right: Operand | null) => void }

function Value(props: ValueProps): JSX.Element {
  const { leaf, meaning, wanted, readonly, give } = props;
  const options = optionsOf(meaning, resultName);
  if (options.length === 0 || (wanted !== "text" && wanted !== "texts")) return <Typed {...props} />;
  if (wanted === "texts") return <Several options={options} chosen={leaf.right?.kind === "texts" ? leaf.right.values : []} readonly={readonly} give={give} />;
  const value = textOf(leaf.right);
  return (
    <select class="select" aria-label={say("conditions.with")} disabled={readonly} data-testid="condition-value" value={value} onChange={({ currentTarget }) => { give({ kind: "text", value: currentTarget.value }); }}>
      {options.some((option) => option.value === value) ? null : <option value={value}>{value === "" ? "…" : value}</option>}
      {options.map((option) => <option key={option.value} value={option.value}>{read(option.label)}</option>)}
    </select>
  );
}

function Typed({ leaf, meaning, wanted, readonly, give }: ValueProps): JSX.Element {
  const isText = wanted === "text" || wanted === "texts";
  const unit = wanted === "hours" ? say("conditions.hours_unit") : isText || leaf.op.startsWith("size") ? "" : unitOf(meaning);
  return (
    <span class="comparison-value">
      <input class="input" aria-label={say("conditions.with")} readOnly={readonly} data-testid="condition-value" value={textOf(leaf.right)} inputMode={isText ? "text" : "decimal"}
        onInput={({ currentTarget }) => { give(operandOf(wanted, currentTarget.value)); }} />
      {unit === "" ? null : <span class="quiet">{unit}</span>}
    </span>
  );
}

function textOf(right: Operand | null): string {
  if (right === null) return "";
  return right.kind === "texts" ? right.values.join(", ") : right.value;
}

function Several({ options, chosen, readonly, give }: { readonly options: readonly { readonly value: string; readonly label: Parameters<typeof read>[0] }[]; readonly chosen: readonly string[]; readonly readonly: boolean; readonly give: (right: Operand) => void }): JSX.Element {
  const turn = (value: string): void => { give({ kind: "texts", values: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value] }); };
  return (
    <fieldset class="comparison-several" disabled={readonly}>
      <legend class="unseen">{say("conditions.with")}</legend>
      {options.map(({ value, label }) => <label key={value}><input type="checkbox" class="check" checked={chosen.includes(value)} onChange={() => { turn(value); }} />{read(label)}</label>)}
    </fieldset>
  );
}

/** What was typed; a comma is a decimal sign in a number, and stands between texts. */
function operandOf(wanted: Operand["kind"], typed: string): Operand {
  if (wanted === "texts") return { kind: "texts", values: typed.split(/[,，、]/).map((text) => text.trim()).filter((text) => text !== "") };
  if (wanted === "number" || wanted === "hours") return { kind: wanted, value: typed.trim().replace(/[,，]/, ".") };
  return { kind: wanted === "path" ? "path" : "text", value: typed };
}
