import type { JsonObject } from "./json_values.ts";

/** What every command says: who asks, with which work roles, when (`YYYY-MM-DDTHH:MM:SS.mmmZ`). */
export interface Asked {
  readonly by: string;
  readonly roles: readonly string[];
  readonly at: string;
}

export type Answers = JsonObject;
/** Reasons by field, for soft limits and checks of level "reason". */
export type Reasons = Readonly<Record<string, string>>;

export interface OpenOrder extends Asked {
  readonly type: "OpenOrder";
  readonly order: JsonObject;
}

export interface AssignOrder extends Asked {
  readonly type: "AssignOrder";
  readonly person: string | null;
}

export interface StartStep extends Asked {
  readonly type: "StartStep";
  readonly visit: string;
}

export interface PauseStep extends Asked {
  readonly type: "PauseStep";
  readonly visit: string;
  readonly reason: string;
  readonly note?: string | null;
}

export interface ResumeStep extends Asked {
  readonly type: "ResumeStep";
  readonly visit: string;
}

export interface RecordAnswers extends Asked {
  readonly type: "RecordAnswers";
  readonly visit: string;
  readonly answers: Answers;
}

export interface LockPoint extends Asked {
  readonly type: "LockPoint";
  readonly visit: string;
  readonly field: string;
  readonly point: string;
  readonly photo?: string | null;
}

export interface ConfirmLocks extends Asked {
  readonly type: "ConfirmLocks";
  readonly visit: string;
  readonly field: string;
}

export interface UnlockPoint extends Asked {
  readonly type: "UnlockPoint";
  readonly visit: string;
  readonly field: string;
  readonly point: string;
}

export interface CompleteStep extends Asked {
  readonly type: "CompleteStep";
  readonly visit: string;
  readonly answers?: Answers;
  readonly reasons?: Reasons;
  readonly rework_reason?: string | null;
}

export type Severity = "note" | "minor" | "serious";

export interface ReportFinding extends Asked {
  readonly type: "ReportFinding";
  readonly visit?: string | null;
  readonly text: string;
  readonly severity: Severity;
  readonly photos?: readonly string[];
}

export interface CancelOrder extends Asked {
  readonly type: "CancelOrder";
  readonly reason: string;
}

export type Command =
  | OpenOrder
  | AssignOrder
  | StartStep
  | PauseStep
  | ResumeStep
  | RecordAnswers
  | LockPoint
  | ConfirmLocks
  | UnlockPoint
  | CompleteStep
  | ReportFinding
  | CancelOrder;

export type CommandType = Command["type"];

/** A command after reading: what was left out is filled in. */
export type Read<C> = C extends Command ? { readonly [K in keyof C]-?: Exclude<C[K], undefined> } : never;
