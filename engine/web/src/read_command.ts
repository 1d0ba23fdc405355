import type { Command, CommandType, Read, Severity } from "./commands.ts";
import type { Json, JsonObject } from "./json_values.ts";
import { isArray, isNumber, isObject, isWellFormed, own } from "./json_values.ts";
import { deeper, problem } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { codePoints } from "./text.ts";
import { parseMoment } from "./time.ts";

/**
 * One member of a command: what it must be, and what it is when left out (undefined: it must not be).
 * `added`: left out, it is not there at all, as in records from before there was it.
 */
interface Member {
  readonly fits: (value: Json) => boolean;
  readonly otherwise?: Json;
  readonly added?: true;
}

const MAX_TEXT = 5_000;
const MAX_DEPTH = 16;

function isText(value: Json): value is string {
  return typeof value === "string" && codePoints(value) <= MAX_TEXT && isWellFormed(value);
}

function isName(value: Json): boolean {
  return isText(value) && value !== "";
}

/** True for JSON that every reader keeps unharmed: numbers within 2^53, whole characters, no deep nesting. */
function isJson(value: Json, depth = 0): boolean {
  if (value === null || typeof value === "boolean") return true;
  if (typeof value === "string") return isWellFormed(value);
  if (typeof value === "number") return isNumber(value);
  if (depth >= MAX_DEPTH) return false;
  if (isArray(value)) return value.every((item) => isJson(item, depth + 1));
  return isObject(value) && Object.entries(value).every(([key, item]) => isText(key) && isJson(item, depth + 1));
}

function isAnswers(value: Json): boolean {
  return isObject(value) && isJson(value);
}

function isReasons(value: Json): boolean {
  return isObject(value) && Object.entries(value).every(([key, item]) => isText(key) && isText(item));
}

function isNames(value: Json): boolean {
  return isArray(value) && value.every(isName);
}

function isMoment(value: Json): boolean {
  return parseMoment(value) !== null;
}

function optional(fits: (value: Json) => boolean): Member {
  return { fits: (value) => value === null || fits(value), otherwise: null };
}

type Shape = Readonly<Record<string, Member>>;

const TEXT: Member = { fits: isText };
const NAME: Member = { fits: isName };
const MAYBE_NAME = optional(isName);
const ADDED: Member = { fits: isName, added: true };
/** `parent`: the order that this one is a part of, by its id and number; `position`: the place in what is repaired. */
const FACTS: Shape = {
  number: NAME,
  product: { fits: isText, otherwise: "" },
  asset: { fits: isText, otherwise: "" },
  fault_codes: { fits: isNames, otherwise: [] },
  fault_text: { fits: isText, otherwise: "" },
  warranty: { fits: (value) => typeof value === "boolean", otherwise: false },
  customer_level: { fits: isText, otherwise: "" },
  created: { fits: isMoment },
  parent: ADDED,
  parent_number: ADDED,
  position: ADDED,
};
const ASKED: Shape = { by: NAME, roles: { fits: isNames }, at: { fits: isMoment } };
const SEVERITIES: readonly Json[] = ["note", "minor", "serious"] satisfies Severity[];
const SHAPES: Readonly<Record<CommandType, Shape>> = {
  OpenOrder: { order: { fits: isObject } },
  AssignOrder: { person: { fits: MAYBE_NAME.fits } },
  StartStep: { visit: NAME },
  PauseStep: { visit: NAME, reason: TEXT, note: optional(isText) },
  ResumeStep: { visit: NAME },
  RecordAnswers: { visit: NAME, answers: { fits: isAnswers } },
  LockPoint: { visit: NAME, field: NAME, point: NAME, photo: MAYBE_NAME },
  ConfirmLocks: { visit: NAME, field: NAME },
  UnlockPoint: { visit: NAME, field: NAME, point: NAME },
  CompleteStep: {
    visit: NAME,
    answers: { fits: isAnswers, otherwise: {} },
    reasons: { fits: isReasons, otherwise: {} },
    rework_reason: optional(isText),
  },
  ReportFinding: {
    visit: MAYBE_NAME,
    text: TEXT,
    severity: { fits: (value) => SEVERITIES.includes(value) },
    photos: { fits: isNames, otherwise: [] },
  },
  CancelOrder: { reason: TEXT },
};

/** The command that `json` asks for, or every `command.invalid`: of the command's own members, in the order above. */
export function readCommand(json: unknown): Read<Command> | readonly Problem[] {
  if (!isObject(json)) return [invalid("", "not_an_object")];
  const type = own(json, "type");
  const shape = typeof type === "string" ? own(SHAPES, type as CommandType) : undefined;
  if (shape === undefined) return [invalid("/type", "unknown_command")];
  const { given, problems } = readMembers(json, { ...ASKED, ...shape }, "");
  if (problems.length > 0) return problems;
  return type === "OpenOrder" ? readOrder(given) : asCommand(type, given);
}

function readOrder(asked: JsonObject): Read<Command> | readonly Problem[] {
  const { given, problems } = readMembers(asked["order"] as JsonObject, FACTS, "/order");
  return problems.length > 0 ? problems : asCommand("OpenOrder", { ...asked, order: given });
}

function asCommand(type: Json | undefined, given: JsonObject): Read<Command> {
  return { type, ...given } as Read<Command>;
}

function readMembers(json: JsonObject, shape: Shape, at: string): { given: JsonObject; problems: readonly Problem[] } {
  const given: Record<string, Json> = {};
  const problems: Problem[] = [];
  for (const [name, member] of Object.entries(shape)) {
    const value = own(json, name);
    if (value === undefined && member.added) continue;
    const wrong = value === undefined ? member.otherwise === undefined && "missing" : !member.fits(value) && "malformed";
    if (wrong !== false) problems.push(invalid(deeper(at, name), wrong));
    given[name] = value ?? member.otherwise ?? null;
  }
  return { given, problems };
}

function invalid(at: string, reason: string): Problem {
  return problem("command.invalid", at, "", { reason });
}
