import { inCommon, termsOf } from "./bigrams.ts";
import type { Asked, KnownCase, Ranked, Reason } from "./types.ts";

/** What each thing that a case has in common with the repair is worth; `docs/decisions/case_push.md` says why. */
const PLACE = 6;
const CHECK = 3;
const FAULT = 4;
const POSITION = 2;
const PRODUCT = 3;
const WORDS = 4;
const TEMPLATE = 0.5;
/** Words that are shared count as a reason from so much of the question on. */
const TELLING = 0.25;
const UNKNOWN = 0.5;
const MOST_WORDS = 4;

interface Part {
  readonly points: number;
  readonly reasons: readonly Reason[];
}

const NOTHING: Part = { points: 0, reasons: [] };

/** The cases that may help, the best first; what failed at the very check comes before all others. Each says why. A case that shares neither a check, a fault nor words is none. */
export function rank(asked: Asked, cases: readonly KnownCase[], limit = 20): readonly Ranked[] {
  const words = new Wording(asked.text, cases);
  const found = cases.map((each) => judged(asked, each, words)).filter((each): each is Ranked => each !== null);
  const here = ({ case: each }: Ranked): number => Number(asked.place !== null && each.checks.includes(asked.place));
  return found.sort((one, other) => here(other) - here(one) || other.score - one.score || later(one.case, other.case)).slice(0, limit);
}

function judged(asked: Asked, each: KnownCase, words: Wording): Ranked | null {
  const product = productOf(asked, each);
  if (product === null) return null;
  const telling = [checksOf(asked, each), faultsOf(asked, each), words.of(each)];
  if (telling.every(({ reasons }) => reasons.length === 0)) return null;
  const parts = [...telling, positionsOf(asked, each), product];
  const points = parts.reduce((sum, part) => sum + part.points, asked.template === each.template ? TEMPLATE : 0);
  return { case: each, score: points * trust(each), reasons: [...parts.flatMap(({ reasons }) => reasons), ...votesOf(each)] };
}

/** A half where nobody said anything; what helped counts up to two fifths more, what did not as much less. */
export function trust({ helped, not_helped }: Pick<KnownCase, "helped" | "not_helped">): number {
  return 0.6 + 0.8 * ((helped + 1) / (helped + not_helped + 2));
}

function checksOf({ checks, place }: Asked, each: KnownCase): Part {
  const shared = checks.filter((check) => each.checks.includes(check)).sort((one, other) => Number(other === place) - Number(one === place));
  const points = shared.reduce((sum, check) => sum + (check === place ? PLACE : CHECK), 0);
  return { points: Math.min(points, PLACE + CHECK), reasons: shared.slice(0, 1).map((detail) => ({ kind: "check", detail })) };
}

function faultsOf({ faults }: Asked, each: KnownCase): Part {
  const shared = faults.filter((code) => each.faults.includes(code));
  return shared.length === 0 ? NOTHING : { points: FAULT, reasons: shared.map((detail) => ({ kind: "fault", detail })) };
}

function positionsOf({ positions }: Asked, each: KnownCase): Part {
  const [shared] = positions.filter((address) => each.positions.some((other) => `${other}/`.startsWith(`${address}/`) || `${address}/`.startsWith(`${other}/`)));
  return shared === undefined ? NOTHING : { points: POSITION, reasons: [{ kind: "position", detail: shared }] };
}

/** Null: it is for other products. */
function productOf({ product }: Asked, { products }: KnownCase): Part | null {
  if (products.length === 0) return NOTHING;
  const near = products.map((each) => ({ shared: sharedLevels(product, each), levels: Math.max(product.split("/").length, each.split("/").length) }));
  const [best] = near.sort((one, other) => other.shared.length / other.levels - one.shared.length / one.levels);
  if (best === undefined || best.shared.length === 0) return null;
  return { points: (PRODUCT * best.shared.length) / best.levels, reasons: [{ kind: "product", detail: best.shared.join("/") }] };
}

function sharedLevels(one: string, other: string): readonly string[] {
  const theirs = other.split("/");
  const mine = one.split("/");
  const end = mine.findIndex((level, place) => level !== theirs[place]);
  return end < 0 ? mine : mine.slice(0, end);
}

function votesOf({ helped, not_helped }: KnownCase): readonly Reason[] {
  const all = helped + not_helped;
  if (all === 0) return [];
  return [helped >= not_helped ? { kind: "helped", detail: `${helped}/${all}` } : { kind: "not_helped", detail: `${not_helped}/${all}` }];
}

function later(one: KnownCase, other: KnownCase): number {
  return (other.closed_at ?? "").localeCompare(one.closed_at ?? "") || one.id.localeCompare(other.id);
}

const read = new WeakMap<KnownCase, ReadonlySet<string>>();

/** What a case says never changes: it is read once. */
function termsIn(each: KnownCase): ReadonlySet<string> {
  const terms = read.get(each) ?? termsOf(textOf(each));
  read.set(each, terms);
  return terms;
}

function textOf({ title, symptom, cause, remedy, more }: KnownCase): string {
  return [title, symptom, cause, remedy, more].flatMap((words) => Object.values(words)).join(" ");
}

/** Rare words say more; of one that no case has nobody knows whether it says anything. */
function weightOf(having: number, all: number): number {
  return having === 0 ? UNKNOWN : Math.log(1 + all / having);
}

/** How much of the question's words a case has; rare words say more. */
class Wording {
  readonly #terms: readonly string[];
  readonly #weight: ReadonlyMap<string, number>;

  constructor(private readonly text: string, cases: readonly KnownCase[]) {
    this.#terms = [...termsOf(text)];
    const texts = cases.map(termsIn);
    this.#weight = new Map(this.#terms.map((term) => [term, weightOf(texts.filter((has) => has.has(term)).length, cases.length)]));
  }

  of(each: KnownCase): Part {
    const has = termsIn(each);
    const shared = this.#terms.filter((term) => has.has(term));
    const share = this.#sum(shared) / (this.#sum(this.#terms) || 1);
    return { points: WORDS * share, reasons: share < TELLING ? [] : [{ kind: "words", detail: inCommon(this.text, new Set(shared)).slice(0, MOST_WORDS).join(",") }] };
  }

  #sum(terms: readonly string[]): number {
    return terms.reduce((sum, term) => sum + (this.#weight.get(term) ?? 0), 0);
  }
}
