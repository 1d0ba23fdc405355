import { computed } from "@preact/signals";
import type { Json } from "@mendloop/engine";
import { useId, useMemo } from "preact/hooks";
import { at, pathOf } from "../model/index.ts";
import { type Found, mayEdit, type Session } from "../session.ts";
import { toldOf } from "../told.ts";
import { language, say } from "../words/index.ts";
import { setAt } from "./edit.ts";
import { type Schema, schemaAt } from "./schema/schema.ts";
import { descriptionOf, titleOf } from "./schema/telling.ts";

/** What every control takes. It edits what stands at `pointer` of the template. */
export interface ControlProps {
  readonly session: Session;
  readonly pointer: string;
  /** Resolved. Missing: what the template's schema says of the pointer. */
  readonly schema?: Schema | undefined;
  /** Missing: the schema's title. */
  readonly label?: string | undefined;
  readonly required?: boolean | undefined;
  /** Only the control, its label unseen: in rows and tables. */
  readonly bare?: boolean | undefined;
  readonly autofocus?: boolean | undefined;
}

export interface Control<Value> {
  readonly id: string;
  readonly schema: Schema;
  readonly label: string;
  readonly hint: string;
  readonly value: Value | undefined;
  readonly readonly: boolean;
  readonly problem: Found | null;
  readonly set: (value: Json | undefined) => void;
}

/** The present value at a pointer: what shows it is drawn again only when just that changes. */
export function useValue(session: Session, pointer: string): unknown {
  const value = useMemo(() => computed(() => {
    const { template } = session.editor.draft.value;
    return at(template, pathOf(template, pointer));
  }), [session, pointer]);
  return value.value;
}

const EMPTY: Schema = {};

/** The schema that all panels are made from; empty until it is fetched. */
export function rootSchema(session: Session): Schema {
  return (session.schema.value as Schema | null) ?? EMPTY;
}

export function useSchema(session: Session, pointer: string, given?: Schema): Schema {
  if (given !== undefined) return given;
  const { template } = session.editor.draft.value;
  return schemaAt(rootSchema(session), template, pathOf(template, pointer)) ?? EMPTY;
}

/** Everything a control needs to know of its place. */
export function useControl<Value>(props: ControlProps): Control<Value> {
  const { session, pointer } = props;
  const id = useId();
  const schema = useSchema(session, pointer, props.schema);
  const label = props.label ?? titleOf(schema, lastOf(pointer));
  return {
    id, schema, label,
    hint: descriptionOf(schema),
    value: useValue(session, pointer) as Value | undefined,
    readonly: !mayEdit(session),
    problem: useProblem(session, pointer),
    set: (value) => { setAt(session, pointer, value, label); },
  };
}

/** What the check says of the value at this pointer, or of what lies in it; errors first. */
export function useProblem(session: Session, pointer: string): Found | null {
  const problem = useMemo(() => computed(() => {
    const found = (session.check.value?.problems ?? []).filter(({ at: where }) => where === pointer || where.startsWith(`${pointer}/`));
    const [first] = [...found.filter(({ severity }) => severity === "error"), ...found];
    return first === undefined ? null : { ...first, message: { [language.value]: toldOf(first, session.editor.draft.value.template) } };
  }), [session, pointer]);
  return problem.value;
}

function lastOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

export function quoted(label: string): string {
  return label === "" ? say("panels.setting") : label;
}
