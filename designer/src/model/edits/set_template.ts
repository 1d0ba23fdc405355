import type { Json } from "@mendloop/engine";
import { type Command, command } from "../command.ts";
import type { Draft } from "../draft.ts";
import { at, type Path, sameJson } from "../json.ts";
import { putWord } from "../untouched.ts";

/** Change anything of the template by its path; undefined takes it away. */
export function setTemplate(draft: Draft, path: Path, value: Json | undefined): Command | null {
  if (path.length === 0 || sameJson(at(draft.template, path), value)) return null;
  return command(draft, { key: "edit.change_template" }, (next) => { putWord(next.template, path, value); }, `template ${path.join(" ")}`);
}
