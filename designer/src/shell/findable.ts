import { elementsOf, nameOf, type Template, type TemplateElement } from "../model/index.ts";
import { isWord, read, say } from "../words/index.ts";

/** Something that can be found by typing, and where it is. */
export interface Findable {
  /** Of what is in the template: its pointer. */
  readonly id: string;
  readonly label: string;
  readonly about: string;
  /** What machines call it: can be asked for, is not shown. */
  readonly name: string;
}

/** Everything in a template that people look for, called as people call it. */
export function findables(template: Template): readonly Findable[] {
  const labels = new Map<string, string>();
  return elementsOf(template).map((element) => {
    const label = labelOf(template, element);
    labels.set(element.pointer, label);
    return { id: element.pointer, label, about: element.kind === "node" ? kindOf(element) : around(element.pointer, labels), name: element.name };
  });
}

/** By its words, else by what it is, else by its id. */
function labelOf(template: Template, element: TemplateElement): string {
  const words = element.texts.map(({ words: each }) => read(each));
  return [...words, kindOf(element), nameOf(template, element.pointer, read).split(" › ").at(-1)].find((text) => text !== undefined && text !== "") ?? element.name;
}

function kindOf({ kind, type }: TemplateElement): string {
  const key = kind === "node" ? `canvas.kind_${type}` : `fields.type_${type}`;
  return isWord(key) ? say(key) : "";
}

/** What holds it, the outermost first. */
function around(pointer: string, labels: ReadonlyMap<string, string>): string {
  const parts = pointer.split("/");
  return parts.flatMap((_, index) => (index < 2 ? [] : labels.get(parts.slice(0, index).join("/")) ?? [])).join(" › ");
}
