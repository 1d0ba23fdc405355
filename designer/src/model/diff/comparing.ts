import type { Words } from "@mendloop/engine";
import { type Path, pointerOf } from "../json.ts";
import { markBase, markSide } from "../merge/align.ts";
import { listKind } from "../merge/lists.ts";
import { movedBy } from "../merge/order.ts";
import { isList, isMembers, type Members, same } from "../merge/same.ts";
import type { Template } from "../template.generated.ts";
import type { Change } from "./change.ts";
import { hasWords, inLanguage, nameOf, ownName, routeName } from "./names.ts";
import { inWords, type Phrase, phrase, type Said } from "./phrase.ts";
import { told } from "./values.ts";

/** Where something stands in both templates. */
interface Where {
  readonly before: Path;
  readonly after: Path;
}

const LANGUAGES: ReadonlySet<string> = new Set(["zh-CN", "en"]);
/** Objects that are told by what is in them. */
const NAMELESS: ReadonlySet<string> = new Set(["not_ok", "reading", "rows", "order", "expect", "visits", "joins", "answers", "reasons"]);

/** Tells two templates apart, in which the same things are called the same. */
export class Comparing {
  readonly changes: Change[] = [];

  constructor(private readonly before: Template, private readonly after: Template) {}

  members(one: Members, other: Members, where: Where, ignored: ReadonlySet<string> = new Set()): void {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (!ignored.has(name) && !same(one[name], other[name])) this.#value(one[name], other[name], below(where, name, name), [one, other]);
    }
  }

  added(where: Path, thing: string, params: Readonly<Record<string, Said>>): void { this.#tell("added", "after", where, thing, params); }
  removed(where: Path, thing: string, params: Readonly<Record<string, Said>>): void { this.#tell("removed", "before", where, thing, params); }

  #value(one: unknown, other: unknown, where: Where, holders: readonly [Members, Members]): void {
    const name = String(where.after.at(-1));
    if (isWords(one) || isWords(other)) this.#words(name, one, other, where);
    else if (isItems(name, where) && (isList(one) || isList(other))) this.#list(name, isList(one) ? one : [], isList(other) ? other : [], where);
    else if (NAMELESS.has(name) && isMembers(one) && isMembers(other)) this.members(one, other, where);
    else this.#changed(name, one, other, where, holders);
  }

  #changed(name: string, one: unknown, other: unknown, where: Where, [was, is]: readonly [Members, Members]): void {
    const from = one === undefined ? null : told(name, one, { template: this.before, holder: was });
    const to = other === undefined ? null : told(name, other, { template: this.after, holder: is });
    this.#say("changed", other === undefined ? "before" : "after", where, turned(phrase(`of.${name}`), from, to));
  }

  /** Each language by itself: a translation that is put right is not a new title. */
  #words(name: string, one: unknown, other: unknown, where: Where): void {
    const [was, is] = [isMembers(one) ? one : {}, isMembers(other) ? other : {}] as readonly [Words, Words];
    for (const language of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (was[language] === is[language]) continue;
      const property = phrase("in_language", { property: phrase(`of.${name}`), language: LANGUAGES.has(language) ? phrase(`language.${language}`) : language });
      this.#say("changed", is[language] === undefined ? "before" : "after", where, turned(property, quoted(was[language]), quoted(is[language])));
    }
  }

  #list(name: string, one: readonly unknown[], other: readonly unknown[], where: Where): void {
    const kind = listKind(where.after.map(String));
    if (kind === null) return;
    const was = markBase(kind, one);
    const is = markSide(kind, was, one, other);
    was.marks.forEach((mark, index) => { if (!is.items.has(mark)) this.removed([...where.before, index], name, itemParams(one[index], name)); });
    const moved = movedBy(was.marks, is.marks);
    is.marks.forEach((mark, index) => {
      const path = [...where.after, index];
      if (!was.items.has(mark)) { this.added(path, name, itemParams(other[index], name)); return; }
      if (moved.has(mark)) this.#tell("moved", "after", path, name, {});
      const [old, now] = [was.items.get(mark), other[index]];
      if (isMembers(old) && isMembers(now)) this.members(old, now, { before: [...where.before, was.marks.indexOf(mark)], after: path });
    });
  }

  #tell(what: "added" | "removed" | "moved", side: "before" | "after", path: Path, list: string, params: Readonly<Record<string, Said>>): void {
    const template = side === "before" ? this.before : this.after;
    const of = holderName(template, path);
    const all = { thing: phrase(`thing.${list}`), element: elementName(template, path), ...params };
    this.#push(what, side, path, of === null ? phrase(what, all) : phrase(`${what}_in`, { ...all, of }));
  }

  #say(what: "changed", side: "before" | "after", where: Where, said: Phrase): void {
    const path = side === "before" ? where.before : where.after;
    const of = holderName(side === "before" ? this.before : this.after, path);
    this.#push(what, side, path, of === null ? said : phrase("about", { of, what: said }));
  }

  #push(kind: Change["kind"], side: "before" | "after", path: Path, said: Phrase): void {
    const node = path[0] === "nodes" && path.length > 1 ? String(path[1]) : null;
    this.changes.push({ kind, node, group: this.groupOf(node), side, pointer: pointerOf(path), words: inWords(said) });
  }

  /** The title of the node, of the earlier template where the later has it no more. */
  groupOf(node: string | null): Words {
    if (node === null) return inWords(phrase("thing.template"));
    return ownName(this.after.nodes[node] ?? this.before.nodes[node], node);
  }
}

/** What a change within a node is about: the field, the item of the field; null: the node, or the template, itself. */
function holderName(template: Template, path: Path): Words | null {
  const within = path.slice(0, -1);
  const isAbove = within.length < 2 || (within[0] === "nodes" && within.length < 4);
  if (isAbove) return null;
  return withinNode(template, within);
}

/** Without the node's own name: changes are shown by node. */
function withinNode(template: Template, path: Path): Words {
  const full = nameOf(template, path);
  const first: Words = path[0] === "nodes" ? ownName(template.nodes[String(path[1])], String(path[1])) : {};
  return Object.fromEntries(Object.entries(full).map(([language, text]) => {
    const lead = `${inLanguage(first, language)} › `;
    return [language, text.startsWith(lead) ? text.slice(lead.length) : text];
  }));
}

function elementName(template: Template, path: Path): Words {
  const item = path.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[key], template);
  const key = path.at(-1);
  return path.at(-2) === "next" ? routeName(template, item) : ownName(item, typeof key === "number" ? String(key + 1) : String(key));
}

function itemParams(item: unknown, list: string): Readonly<Record<string, Said>> {
  const type = isMembers(item) && (list === "fields" || list === "columns") ? item["type"] : undefined;
  return typeof type === "string" ? { thing: phrase(`type.${type}`) } : {};
}

function turned(property: Said, from: Said | null, to: Said | null): Phrase {
  if (from === null) return phrase("set", { property, to: to ?? "" });
  return to === null ? phrase("unset", { property, from }) : phrase("changed", { property, from, to });
}

function quoted(text: string | undefined): Said | null {
  return text === undefined || text === "" ? null : phrase("quoted", { text });
}

function isWords(value: unknown): value is Words {
  return hasWords(value) && Object.entries(value).every(([language, text]) => /^[a-z]{2,3}(-[A-Za-z]+)*$/.test(language) && typeof text === "string") && ("zh-CN" in value || "en" in value);
}

/** A list whose items are things of their own; lists of names and numbers are one value. */
function isItems(name: string, { after }: Where): boolean {
  const kind = listKind(after.map(String));
  return kind !== null && (kind.member !== null || name === "safety" || name === "acts");
}

function below({ before, after }: Where, one: string | number, other: string | number): Where {
  return { before: [...before, one], after: [...after, other] };
}
