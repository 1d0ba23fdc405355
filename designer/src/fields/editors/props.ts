import type { Field } from "../../model/index.ts";
import type { Session } from "../../session.ts";

/** What every editor of a type gets. It edits the field, or the column, at `pointer`. */
export interface EditorProps {
  readonly session: Session;
  readonly node: string;
  readonly field: Field;
  readonly pointer: string;
}

export type Of<T extends Field["type"]> = Extract<Field, { readonly type: T }>;
