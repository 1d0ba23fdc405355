import type { Words } from "@mendloop/engine";
import type { Path } from "../json.ts";
import type { Template } from "../template.generated.ts";

const BETWEEN = " › ";
/** Lists whose items people know by name. */
const NAMED: ReadonlySet<string> = new Set(["fields", "columns", "shots", "items", "options", "points", "lines", "fixed", "pause_reasons", "scenarios", "checks", "applies_to", "safety", "pictures", "next"]);
const NUMBERED: ReadonlySet<string> = new Set(["checks", "safety", "pictures", "next", "acts"]);

/** What stands at `path`, as people know it: "Measure the shaft › Runout". The template itself where nothing nearer has a name. */
export function nameOf(template: Template, path: Path): Words {
  const names = namesAlong(template, path);
  return names.length > 0 ? chained(names) : ownName(template, template.key);
}

function namesAlong(template: Template, path: Path): readonly Words[] {
  const names: Words[] = [];
  let value: unknown = template;
  path.forEach((key, index) => {
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
    const list = String(path[index - 1] ?? "");
    if (index === 1 && (list === "nodes" || list === "roles")) names.push(ownName(value, String(key)));
    else if (index > 0 && typeof key === "number" && NAMED.has(list)) names.push(itemName(template, value, key, list));
  });
  return names;
}

function itemName(template: Template, item: unknown, index: number, list: string): Words {
  if (list === "next") return routeName(template, item, index);
  return ownName(item, NUMBERED.has(list) ? `${index + 1}` : "");
}

/** "→ Replace the shaft" */
export function routeName(template: Template, route: unknown, index = 0): Words {
  const { to, label } = (route ?? {}) as { readonly to?: string; readonly label?: Words };
  if (hasWords(label)) return label;
  if (to === undefined) return { en: `→ ${index + 1}`, "zh-CN": `→ ${index + 1}` };
  return mapped(ownName(template.nodes[to], to), (text) => `→ ${text}`);
}

/** The words that stand on something, else its id. */
export function ownName(value: unknown, otherwise: string): Words {
  if (typeof value === "string" && value !== "") return both(value);
  const it = (value ?? {}) as Readonly<Record<string, unknown>>;
  const words = [it["title"], it["label"], it["name"], it["text"], it["message"], it["alt"]].find((each) => hasWords(each) || (typeof each === "string" && each !== ""));
  if (typeof words === "string") return both(words);
  if (hasWords(words)) return words;
  const id = [it["id"], it["part"], it["product"]].find((each) => typeof each === "string" && each !== "");
  return both(typeof id === "string" ? id : otherwise);
}

export function hasWords(value: unknown): value is Words {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).some((text) => typeof text === "string" && text !== "");
}

function both(text: string): Words {
  return { "zh-CN": text, en: text };
}

function mapped(words: Words, change: (text: string) => string): Words {
  return Object.fromEntries(Object.entries(words).map(([language, text]) => [language, change(text)]));
}

function chained(names: readonly Words[]): Words {
  return Object.fromEntries(["zh-CN", "en"].map((language) => [language, names.map((words) => inLanguage(words, language)).join(BETWEEN)]));
}

/** The words in this language, else in whichever there is. */
export function inLanguage(words: Words, language: string): string {
  return [words[language], words["en"], ...Object.values(words)].find((text) => text !== undefined && text !== "") ?? "";
}
