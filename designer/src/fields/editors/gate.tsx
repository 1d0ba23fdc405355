import type { JSX } from "preact";
import { Control, List, Reference, Segments, Text, Toggle, WordsControl, type RowProps } from "../../panels/index.ts";
import { mayEdit } from "../../session.ts";
import { say } from "../../words/index.ts";
import { command, reachedFrom, type Template } from "../../model/index.ts";
import type { EditorProps, Of } from "./props.ts";

/** Points that are locked here, or the gate whose locks are taken off. */
export function GateEditor(props: EditorProps): JSX.Element {
  const { session, pointer } = props;
  const field = props.field as Of<"safety_gate">;
  const removes = field.points === undefined; // also while it is not said yet whose locks
  return (
    <>
      <Segments<boolean> name={`${field.id}-gate`} value={removes} isDisabled={!mayEdit(session)}
        options={[{ value: false, word: say("fields.gate_locks") }, { value: true, word: say("fields.gate_removes") }]}
        onChange={(isRemoval) => { turn(props, isRemoval); }} />
      {removes ? <Reference session={session} pointer={`${pointer}/removes`} required /> : (
        <>
          <List session={session} pointer={`${pointer}/points`} stem="point" show={(row) => <Point {...row} />} />
          <Toggle session={session} pointer={`${pointer}/photo`} />
          <Toggle session={session} pointer={`${pointer}/second_person`} />
        </>
      )}
    </>
  );
}

function Point({ session, pointer, row, label, schema }: RowProps): JSX.Element {
  if (typeof row === "string") return <Text session={session} pointer={pointer} label={label} schema={{ type: "string", maxLength: 100 }} bare />;
  return schema.properties?.["label"] === undefined ? <Control session={session} pointer={pointer} /> : <WordsControl session={session} pointer={`${pointer}/label`} bare />;
}

/** One edit: a gate either locks points or takes locks off, at once those of the gate before it where there is only one. */
function turn({ session, node, pointer, field }: EditorProps, isRemoval: boolean): void {
  if (pointer.includes("/columns/")) return;
  session.editor.edit((draft) => command(draft, { key: "edit.change_field" }, (next) => {
    const step = next.template.nodes[node];
    const gate = step?.kind === "step" ? step.fields?.find(({ id }) => id === field.id) : undefined;
    if (gate?.type !== "safety_gate") return;
    if (isRemoval) {
      delete gate.points;
      delete gate.photo;
      delete gate.second_person;
      const only = onlyGateBefore(draft.template, node);
      if (only !== null) gate.removes = only;
      return;
    }
    delete gate.removes;
    gate.points ??= [{ id: "point_1", label: {} }];
  }));
}

/** What locks on the way to `node`, if that is one gate. */
function onlyGateBefore(template: Template, node: string): string | null {
  const before = Object.entries(template.nodes).flatMap(([name, step]) => {
    const locking = step.kind === "step" ? (step.fields ?? []).filter((field) => field.type === "safety_gate" && (field.points ?? []).length > 0) : [];
    return locking.length > 0 && name !== node && reachedFrom(template, name).has(node) ? locking.map(({ id }) => `${name}.${id}`) : [];
  });
  return before.length === 1 ? (before[0] ?? null) : null;
}
