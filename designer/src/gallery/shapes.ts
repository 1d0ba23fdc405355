import type { Json, Words } from "@mendloop/engine";
import type { Right } from "../session.ts";

/** One of the company's templates. */
export interface Own {
  readonly id: string;
  readonly key: string;
  readonly title: Words;
  readonly steps: number;
  readonly standard_minutes: number;
  readonly saved_at: string;
  readonly saved_by_name: string;
  readonly latest_version: number | null;
  readonly changed: boolean;
  readonly archived: boolean;
  readonly right: Right;
  readonly picture: string;
}

/** One that comes with the product. */
export interface BuiltIn {
  readonly key: string;
  readonly title: Words;
  readonly description: Words;
  readonly steps: number;
  readonly minutes: number;
  readonly picture: string;
}

/** What could be read of a file. */
export interface Imported {
  readonly document: Json;
  readonly problems: readonly { readonly code: string; readonly severity?: string; readonly message: Words }[];
  readonly left_out: readonly { readonly sheet: string; readonly row: number | null; readonly column: string | null; readonly text: string; readonly message: Words }[];
}
