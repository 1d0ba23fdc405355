import { readFileSync } from "node:fs";
import { signal } from "@preact/signals-core";
import { Editor, type Template } from "../../src/model/index.ts";
import type { Session } from "../../src/session.ts";

/** A file of the repository. */
export function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
}

export const pump = json("builtin_templates/pump/overhaul.json") as Template;

/** What the edits of the panels need of an open template. */
export function opened(template: Template = pump): Session {
  return { editor: new Editor({ template, layout: {} }), rights: signal(["view", "edit"]) } as unknown as Session;
}
