import { language, read, say } from "../../words/index.ts";
import type { Step, Template } from "../../model/index.ts";
import type { Link } from "./graph.ts";

const LONGEST = 34;

/** What stands on a way: the order in which it is tried, its words or condition, and what rework may cost. */
export interface Tag {
  /** 1, 2, … where several are tried in turn; 0 where nothing is tried. */
  readonly turn: number;
  readonly text: string;
  readonly isElse: boolean;
  /** How often this rework may be taken; 0: as often as it takes. */
  readonly limit: number;
}

const cache = new WeakMap<Link["edge"], { readonly spoken: string; readonly name: string; readonly text: string }>();

export function tagOf(link: Link, template: Template): Tag {
  const { edge, index, routes, kind } = link;
  const limit = edge.limit ?? 0;
  if (kind === "exit") return { turn: 0, text: say("canvas.after_limit", { count: Math.max(1, limit) }), isElse: false, limit: 0 };
  if (template.nodes[link.from]?.kind === "parallel") return { turn: 0, text: textOf(link, template), isElse: false, limit };
  const isElse = routes > 1 && edge.when === undefined && index === routes - 1;
  return { turn: routes < 2 ? 0 : index + 1, text: textOf(link, template) || unsaid(link, isElse), isElse, limit };
}

/** What stands on a way of which nobody has said anything. */
function unsaid({ kind, routes }: Link, isElse: boolean): string {
  if (isElse) return say("canvas.else");
  return kind === "rework" || routes > 1 ? say("canvas.no_condition") : "";
}

function textOf({ edge, from }: Link, template: Template): string {
  const kept = cache.get(edge);
  if (kept?.spoken === language.value && kept.name === from) return kept.text;
  const text = read(edge.label) || (edge.when === undefined ? "" : shortCondition(edge.when, template.nodes[from]));
  cache.set(edge, { spoken: language.value, name: from, text });
  return text;
}

/** A condition in few words: fields by their labels, options by theirs, without the grammar that only machines need. */
export function shortCondition(source: string, node: Template["nodes"][string] | undefined): string {
  if (source === "false") return say("canvas.no_condition");
  const fields = node?.kind === "step" ? (node.fields ?? []) : [];
  const words = withoutNegation(withTolerance(source)).replace(/"([^"]*)"/g, (_, id: string) => optionLabel(fields, id)).replaceAll(".value", "").replaceAll("==", "=").replaceAll("!=", "≠")
    .replace(/ *&& */g, say("canvas.and")).replace(/ *\|\| */g, say("canvas.or")).replaceAll("<=", "≤").replaceAll(">=", "≥");
  const named = words.replace(/(?<![\w."'])[a-z_]\w*(?!\w*[("'])/g, (id) => fieldLabel(fields, id));
  return named.length > LONGEST ? `${named.slice(0, LONGEST - 1)}…` : named;
}

/** Nobody says that being within tolerance is not so. */
function withTolerance(source: string): string {
  return source.replace(/(!?)([\w.]+)\.in_tolerance\b/g, (_, not: string, what: string) => say(not === "" ? "canvas.within" : "canvas.out_of", { what }));
}

/** A question that was answered with no. */
function withoutNegation(source: string): string {
  return source.replace(/(?<![\w=!])!([a-z_][\w.]*)(?![\w.(])/g, (_, what: string) => say("canvas.is_no", { what }));
}

type Fields = NonNullable<Step["fields"]>;

function fieldLabel(fields: Fields, id: string): string {
  return read(fields.find((field) => field.id === id)?.label) || id;
}

function optionLabel(fields: Fields, id: string): string {
  const options = fields.flatMap((field) => (field.type === "choice" || field.type === "multi_choice" ? field.options : []));
  return read(options.find((option) => option.id === id)?.label) || id;
}

/** About how wide these words are in 13 px: Chinese characters fill their square. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += sign > "\u2e7f" ? 13 : 6.9;
  return Math.ceil(width);
}
