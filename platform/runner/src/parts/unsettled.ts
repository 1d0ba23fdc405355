import type { Answers, Event, Json, Plan, Problem } from "@mendloop/engine";
import type { OrderPart, OrderParts } from "./types.ts";

/** What stands in the way of an order's end: parts that are neither used nor back nor explained, or whose explanation nobody has accepted. */
const UNSETTLED: readonly string[] = ["parts.unsettled", "parts.unaccepted"];

interface Told {
  readonly part: string;
  readonly quantity: number;
  readonly action: string;
  readonly serial?: string | null;
}

/** Whether somebody has to look after the order's parts before it can end. */
export function isAboutParts({ code }: Problem): boolean {
  return UNSETTLED.includes(code);
}

/** What a visit says, that is completed by these events or was before and is not on the server yet. */
export interface Said {
  readonly visit: string;
  readonly answers: Answers;
}

/** What an order's parts have against these events: one of several that must be named, or what would be left open at the end. */
export function againstIt(plan: Plan, events: readonly Event[], sheet: OrderParts | undefined, unsent: readonly Said[] = []): readonly Problem[] {
  if (sheet === undefined) return [];
  const told = events.flatMap((event) => (event.type === "StepCompleted" ? toldBy(plan, event, sheet) : []));
  const ends = events.some(({ type }) => type === "OrderEnded");
  return [...unclear(told, sheet), ...(ends ? unsettled([...unsent.flatMap((said) => toldBy(plan, said, sheet)), ...told], sheet) : [])];
}

/** What would be left open of the parts. What was told as used here before is what the step tells, and counts once. */
function unsettled(told: readonly Told[], sheet: OrderParts): readonly Problem[] {
  return sheet.parts.map((part) => ({ ...part, open: part.open - settledBy(told, part) })).filter(({ open }) => open > 0).map(({ number, open, explained_open: explained }) => (
    { code: explained < open ? "parts.unsettled" : "parts.unaccepted", at: "", element: number, params: { part: number, quantity: open } }
  ));
}

function settledBy(told: readonly Told[], part: OrderPart): number {
  const used = amount(told.filter(({ action }) => action === "used"), part.number);
  return Math.max(0, used - (part.used_here ?? 0)) + amount(told.filter(({ action }) => action === "returned"), part.number);
}

/** Where only parts with serial numbers are left to be meant, and more of them than are told, the phone asks which. */
function unclear(told: readonly Told[], sheet: OrderParts): readonly Problem[] {
  return sheet.parts.flatMap((part) => {
    const mine = told.filter(({ part: number, action }) => number === part.number && (action === "used" || action === "returned"));
    const left = part.serials.filter((serial) => !mine.some((each) => each.serial === serial));
    const unnamed = mine.filter(({ serial }) => (serial ?? "") === "");
    const short = amount(unnamed, part.number) - (part.used_here ?? 0) - Math.max(0, part.open - part.serials.length);
    return short > 0 && short < left.length ? [{ code: "order_parts.which_serial", at: "", element: part.number, params: { part: part.number, serials: left.join(", ") } }] : [];
  });
}

function amount(told: readonly Told[], number: string): number {
  return told.reduce((sum, { part, quantity }) => sum + (part === number ? quantity : 0), 0);
}

/** What a visit says about parts. In which packs is for the server to count: there it may be as much as is open. */
function toldBy(plan: Plan, { visit, answers }: Said, sheet: OrderParts): readonly Told[] {
  const node = plan.nodes[visit.split("#")[0] ?? ""];
  return (node?.kind === "step" ? node.fields : []).filter(({ type }) => type === "parts").flatMap((field) => {
    const planned = (field.settings["lines"] ?? []) as unknown as readonly { readonly part: string; readonly unit?: string }[];
    const packed = (number: string): boolean => {
      const units = planned.filter(({ part, unit }) => part === number && unit !== undefined).map(({ unit }) => unit);
      return sheet.parts.some((part) => part.number === number && units.some((unit) => unit !== part.unit));
    };
    return linesOf(answers[field.id]).map((line) => (packed(line.part) ? { ...line, quantity: Infinity } : line));
  });
}

function linesOf(answer: Json | undefined): readonly Told[] {
  const lines: unknown = answer;
  return Array.isArray(lines) ? lines as readonly Told[] : [];
}
