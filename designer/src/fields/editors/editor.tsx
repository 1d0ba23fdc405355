import type { ComponentType, JSX } from "preact";
import { Controls } from "../../panels/index.ts";
import type { Field } from "../../model/index.ts";
import type { Found, Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { toldOf } from "../../told.ts";
import { say } from "../../words/index.ts";
import type { FieldEditorProps } from "../field_editor.tsx";
import { keyOf } from "../found.ts";
import { type FieldType, HEAD_KEYS, isUsuallyRequired, needsLines, OWN_KEYS } from "../types.ts";
import { ChecklistEditor } from "./checklist.tsx";
import { DateEditor } from "./date.tsx";
import { GateEditor } from "./gate.tsx";
import { InstructionEditor } from "./instruction.tsx";
import { NumberEditor } from "./number.tsx";
import { OptionsEditor } from "./options.tsx";
import { PartsEditor } from "./parts.tsx";
import { PhotoEditor } from "./photo.tsx";
import { ReadingEditor } from "./reading.tsx";
import { ScanEditor } from "./scan.tsx";
import { SignatureEditor } from "./signature.tsx";
import { TableEditor } from "./table.tsx";
import { TextEditor } from "./text.tsx";
import type { EditorProps } from "./props.ts";

const EDITORS: Readonly<Record<FieldType, ComponentType<EditorProps> | null>> = {
  instruction: InstructionEditor, text: TextEditor, long_text: TextEditor, integer: NumberEditor, number: NumberEditor, boolean: null,
  choice: OptionsEditor, multi_choice: OptionsEditor, date: DateEditor, datetime: DateEditor, photo: PhotoEditor, checklist: ChecklistEditor, reading: ReadingEditor,
  safety_gate: GateEditor, scan: ScanEditor, parts: PartsEditor, signature: SignatureEditor, table: TableEditor,
};

/** What the open field lives by, arranged by hand; below it everything else that its type has. */
export function Editor({ room, field, pointer, problems }: FieldEditorProps): JSX.Element {
  return (
    <div class="fields-body" onFocusCapture={keepShown}>
      <Unplaced session={room.session} problems={problems} />
      <TypeEditor session={room.session} field={field} pointer={pointer} node={room.node} />
      <Rest session={room.session} field={field} pointer={pointer} />
    </div>
  );
}

/** A translation that was hidden before it was missing stays in sight while its card is open: nothing jumps away from under the pointer. */
function keepShown({ target }: FocusEvent): void {
  if (target instanceof Element) target.closest(".panels-tongue")?.setAttribute("data-kept", "");
}

/** Only what a type lives by; also for columns of a table. */
export function TypeEditor(props: EditorProps): JSX.Element | null {
  const Own = EDITORS[props.field.type];
  return Own === null ? null : <Own {...props} />;
}

interface RestProps { readonly session: Session; readonly field: Field; readonly pointer: string }

const RULES: readonly string[] = ["required", "visible"];

/** When it is asked and shown; then, folded, all that is seldom needed. */
export function Rest({ session, field, pointer }: RestProps): JSX.Element {
  const own = [...HEAD_KEYS, ...OWN_KEYS[field.type], ...RULES];
  const count = Object.keys(field).filter((key) => !own.includes(key)).length;
  return (
    <>
      <Controls session={session} pointer={pointer} only={asksNothing(field) ? RULES.slice(1) : RULES} usual={{ required: isUsuallyRequired(field) }} isFolded={false} />
      {needsLines(field) ? <p class="hint" data-testid="parts-asked-for">{say("fields.part_required_why")}</p> : null}
      <details class="fields-more" data-testid={`field-more-${field.id}`}>
        <summary><Icon name="right" />{say("fields.more")}{count === 0 ? null : <span class="badge">{count}</span>}</summary>
        <Controls session={session} pointer={pointer} without={[...HEAD_KEYS.filter((key) => key !== "id"), ...OWN_KEYS[field.type], ...RULES]} isFolded={false} />
      </details>
    </>
  );
}

/** An instruction that nobody confirms cannot be required. */
function asksNothing(field: Field): boolean {
  return field.type === "instruction" && field.confirm !== true && field.required === undefined;
}

/** Problems that no control shows: those of the field as a whole. */
function Unplaced({ session, problems }: { readonly session: Session; readonly problems: readonly Found[] }): JSX.Element | null {
  const whole = problems.filter((problem) => keyOf(problem) === "");
  if (whole.length === 0) return null;
  return <ul class="fields-wrong">{whole.map((problem) => <li key={problem.code} class={problem.severity === "error" ? "wrong" : "wrong warning"}>{toldOf(problem, session.editor.draft.value.template)}</li>)}</ul>;
}
