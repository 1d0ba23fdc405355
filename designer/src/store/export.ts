import type { Draft, Template } from "../model/index.ts";

/** The draft as a file that can be imported again: when the server does not take it, it need not be lost. */
export function exported({ template }: Draft): { readonly name: string; readonly content: Template } {
  return { name: `${template.key === "" ? "template" : template.key}.json`, content: template };
}
