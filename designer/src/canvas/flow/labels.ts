import { language, read, say } from "../../words/index.ts";
import type { Step, Template } from "../../model/index.ts";
import type { Link } from "./graph.ts";

const LONGEST = 34;
/** As wide as words on a way are shown. */
const ROOM = 190;

/** What stands on a way: the order in which it is tried, its words or condition, and what rework may cost. */
export interface Tag {
  /** 1, 2, … where several are tried in turn; 0 where nothing is tried. */
  readonly turn: number;
  readonly text: string;
  readonly isElse: boolean;
  /** How often this rework may be taken; 0: as often as it takes. */
  readonly limit: number;
}

const cache = new WeakMap<Link["edge"], { readonly spoken: string; readonly from: Node; readonly others: readonly Node[]; readonly text: string }>();

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
  const { nodes } = template;
  const kept = cache.get(edge);
  const others = edge.when === undefined || read(edge.label) !== "" ? NONE : namedIn(edge.when).map((id) => nodes[id]);
  if (kept?.spoken === language.value && kept.from === nodes[from] && others.every((node, index) => node === kept.others[index])) return kept.text;
  const text = read(edge.label) || (edge.when === undefined ? "" : shortCondition(edge.when, nodes[from], nodes));
  cache.set(edge, { spoken: language.value, from: nodes[from], others, text });
  return text;
}

type Nodes = Template["nodes"];
type Node = Nodes[string] | undefined;
const NONE: readonly Node[] = [];
/** Answers of other steps, and visits to them: `steps.measure.runout.value`, `visits.measure[0].runout`. */
const ELSEWHERE = /\b(?:steps|visits)\.(\w+)(?:\[\d+\])?(?:\.(\w+))?/g;

function namedIn(source: string): readonly string[] {
  return source.includes("steps.") || source.includes("visits.") ? [...source.matchAll(ELSEWHERE)].map(([, id = ""]) => id) : [];
}

/** A condition in few words: steps and fields by what they are called, options by their labels, without the grammar that only machines need. */
export function shortCondition(source: string, node: Node, nodes: Nodes = {}): string {
  if (source === "false") return say("canvas.no_condition");
  const fields = [node, ...namedIn(source).map((id) => nodes[id])].flatMap((each) => (each?.kind === "step" ? (each.fields ?? []) : []));
  const words = withoutNegation(withTolerance(source)).replace(/"([^"]*)"/g, (_, id: string) => optionLabel(fields, id)).replaceAll(".value", "").replaceAll("==", "=").replaceAll("!=", "≠")
    .replace(/ *&& */g, say("canvas.and")).replace(/ *\|\| */g, say("canvas.or")).replaceAll("<=", "≤").replaceAll(">=", "≥");
  const full = named(words, fields, nodes, true);
  const text = widthOf(full) > ROOM ? named(words, fields, nodes, false) : full;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** What is asked of another step is called by both names where there is room for them, else by the field's alone. */
function named(words: string, fields: Fields, nodes: Nodes, withSteps: boolean): string {
  return words.replace(/\b(?:steps|visits)\.\w+(?:\[\d+\])?(?:\.\w+)?|(?<![\w."'])[a-z_]\w*(?!\w*[("'])/g, (path) => {
    const [, id, field] = [...path.matchAll(ELSEWHERE)][0] ?? [];
    if (id === undefined) return fieldLabel(fields, path);
    const node = nodes[id];
    if (node?.kind !== "step") return path;
    const [step, label] = [read(node.title) || id, field === undefined ? "" : fieldLabel(node.fields ?? [], field)];
    return label === "" ? step : withSteps ? `${step} · ${label}` : label;
  });
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
