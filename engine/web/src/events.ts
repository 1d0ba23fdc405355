import type { Answers, Reasons, Severity } from "./commands.ts";
import type { JsonObject } from "./json_values.ts";

/** What every event says: by whose act, when. */
export interface Happened {
  readonly by: string;
  readonly at: string;
}

export interface Rework {
  readonly edge: string;
  readonly reason: string;
  readonly from: string;
}

export interface OrderOpened extends Happened {
  readonly type: "OrderOpened";
  readonly order: JsonObject;
}

export interface OrderAssigned extends Happened {
  readonly type: "OrderAssigned";
  readonly person: string | null;
}

export interface StepOpened extends Happened {
  readonly type: "StepOpened";
  readonly visit: string;
  readonly node: string;
  readonly number: number;
  readonly rework: Rework | null;
}

export interface StepStarted extends Happened {
  readonly type: "StepStarted";
  readonly visit: string;
}

export interface StepPaused extends Happened {
  readonly type: "StepPaused";
  readonly visit: string;
  readonly reason: string;
  readonly note: string | null;
}

export interface StepResumed extends Happened {
  readonly type: "StepResumed";
  readonly visit: string;
}

export interface AnswersRecorded extends Happened {
  readonly type: "AnswersRecorded";
  readonly visit: string;
  readonly answers: Answers;
}

export interface PointLocked extends Happened {
  readonly type: "PointLocked";
  readonly visit: string;
  readonly field: string;
  readonly point: string;
  readonly photo: string | null;
}

export interface LocksConfirmed extends Happened {
  readonly type: "LocksConfirmed";
  readonly visit: string;
  readonly field: string;
}

export interface PointUnlocked extends Happened {
  readonly type: "PointUnlocked";
  readonly visit: string;
  readonly field: string;
  readonly point: string;
  readonly gate: string;
}

export interface StepCompleted extends Happened {
  readonly type: "StepCompleted";
  readonly visit: string;
  readonly answers: Answers;
  readonly reasons: Reasons;
  readonly worked_ms: number;
  readonly edge: string;
}

export interface FindingReported extends Happened {
  readonly type: "FindingReported";
  readonly visit: string | null;
  readonly text: string;
  readonly severity: Severity;
  readonly photos: readonly string[];
}

export interface OrderCancelled extends Happened {
  readonly type: "OrderCancelled";
  readonly reason: string;
}

export interface ReworkTaken extends Happened {
  readonly type: "ReworkTaken";
  readonly edge: string;
  readonly reason: string;
  readonly from: string;
  readonly to: string;
}

export interface ReworkLimitReached extends Happened {
  readonly type: "ReworkLimitReached";
  readonly edge: string;
  readonly to: string;
}

export interface BranchesStarted extends Happened {
  readonly type: "BranchesStarted";
  readonly node: string;
  readonly join: string;
  readonly edges: readonly string[];
}

export interface BranchJoined extends Happened {
  readonly type: "BranchJoined";
  readonly join: string;
}

export interface JoinPassed extends Happened {
  readonly type: "JoinPassed";
  readonly join: string;
}

export interface OrderEnded extends Happened {
  readonly type: "OrderEnded";
  readonly node: string;
  readonly outcome: string;
}

export type Event =
  | OrderOpened
  | OrderAssigned
  | StepOpened
  | StepStarted
  | StepPaused
  | StepResumed
  | AnswersRecorded
  | PointLocked
  | LocksConfirmed
  | PointUnlocked
  | StepCompleted
  | FindingReported
  | OrderCancelled
  | ReworkTaken
  | ReworkLimitReached
  | BranchesStarted
  | BranchJoined
  | JoinPassed
  | OrderEnded;

export type EventType = Event["type"];
