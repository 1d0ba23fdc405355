import type { Json } from "@mendloop/engine";
import { language, read, say } from "../../words/index.ts";
import type { Schema } from "./schema.ts";

/** What a setting is called, in the language that is spoken; else its key. */
export function titleOf(schema: Schema, key = ""): string {
  return told(schema, "title") ?? key;
}

export function descriptionOf(schema: Schema): string {
  return told(schema, "description") ?? "";
}

function told(schema: Schema, what: "title" | "description"): string | undefined {
  return (language.value === "zh-CN" ? schema["x-zh-CN"]?.[what] : undefined) ?? schema[what];
}

/** What stands quietly in an empty control: the default, else an example. */
export function placeholderOf(schema: Schema): string {
  if (schema.default !== undefined && typeof schema.default !== "object") return valueWord(schema, schema.default);
  const [example] = schema.examples ?? [];
  return example === undefined || typeof example === "object" ? "" : say("panels.example", { value: typeof example === "string" ? example : JSON.stringify(example) });
}

/** What a value of an enumeration, a yes or a no is called. */
export function valueWord(schema: Schema, value: Json): string {
  const plain = typeof value === "string" ? value : JSON.stringify(value);
  const words = schema["x-words"]?.[plain];
  if (words !== undefined) return read(words);
  return typeof value === "boolean" ? say(value ? "panels.yes" : "panels.no") : plain;
}

export function unitOf(schema: Schema): string {
  return read(schema["x-unit"]);
}
