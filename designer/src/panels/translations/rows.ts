import { missingWords, pathOf, type Template, textsOf } from "../../model/index.ts";
import { nodeTitle } from "../references.ts";
import { type Schema, schemaAt } from "../schema/schema.ts";
import { titleOf } from "../schema/telling.ts";
import { tonguesIn } from "../tongues.ts";
import { read, say } from "../../words/index.ts";
import type { Words } from "@mendloop/engine";

/** One text in all its languages. */
export interface TextRow {
  readonly pointer: string;
  readonly words: Words;
  /** What the text is for: "Runout · Help". */
  readonly name: string;
  /** The node it is in; "" of the template itself. */
  readonly group: string;
  readonly missing: readonly string[];
}

/** Every text of the template, in the template's order, with the languages that it lacks. */
export function rowsOf(template: Template, root: Schema): readonly TextRow[] {
  const missing = new Map(missingWords(template, tonguesIn(template)).map((text) => [text.pointer, text.missing]));
  return textsOf(template).map(({ pointer, key, words, element }) => {
    const schema = schemaAt(root, template, pathOf(template, pointer));
    const own = element.texts.find((text) => text.key === "label" || text.key === "title")?.words;
    const what = titleOf(schema ?? {}, key);
    const isOwn = own === words || own === undefined || read(own) === "";
    return { pointer, words, name: isOwn ? what : `${read(own)} · ${what}`, group: element.node ?? "", missing: missing.get(pointer) ?? [] };
  });
}

export function groupTitle(template: Template, group: string): string {
  return group === "" ? say("panels.template") : nodeTitle(template.nodes[group], group);
}

/** Rows whose words, in any language, or whose place hold `query`. */
export function holding(rows: readonly TextRow[], query: string): readonly TextRow[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return rows;
  return rows.filter(({ words, name }) => [...Object.values(words), name].some((text) => text.toLowerCase().includes(wanted)));
}
