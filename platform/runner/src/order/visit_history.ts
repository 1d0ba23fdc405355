import type { Answers, Event, History, Visit } from "@mendloop/engine";
import type { Finding, VisitRecord } from "../api/types.ts";

/** The engine's history, read from an order's visits as server and phone keep them. */
export class VisitHistory implements History {
  constructor(private readonly visits: readonly VisitRecord[]) {}

  latest(node: string): Visit | null {
    return this.completed(node).at(-1) ?? null;
  }

  completed(node: string): readonly Visit[] {
    return this.visits.filter((visit) => visit.node === node && visit.status === "completed").map(asVisit).sort((a, b) => a.number - b.number);
  }

  count(node: string): number {
    return Math.max(0, ...this.visits.filter((visit) => visit.node === node).map(({ number }) => number));
  }

  draft(visit: string): Answers {
    const found = this.visits.find((each) => each.visit === visit);
    return found === undefined || found.status === "completed" ? {} : found.answers;
  }
}

function asVisit({ visit, node, number, by, answers, reasons, completed_at }: VisitRecord): Visit {
  return { visit, node, number, by: by ?? "", answers, reasons, completed_at: completed_at ?? "" };
}

/** `visits` after `event`: what the server's read model will say of it. */
export function visitsAfter(visits: readonly VisitRecord[], event: Event): readonly VisitRecord[] {
  switch (event.type) {
    case "StepOpened": return [...visits, opened(event)];
    case "StepStarted": return changed(visits, event.visit, (visit) => ({ ...visit, status: "running", by: event.by, started_at: event.at }));
    case "StepResumed": return changed(visits, event.visit, (visit) => ({ ...visit, status: "running", by: event.by }));
    case "StepPaused": return changed(visits, event.visit, (visit) => ({ ...visit, status: "paused" }));
    case "AnswersRecorded": return changed(visits, event.visit, (visit) => ({ ...visit, answers: merged(visit.answers, event.answers) }));
    case "StepCompleted": return changed(visits, event.visit, (visit) => ({
      ...visit, status: "completed", by: event.by, completed_at: event.at, answers: event.answers, reasons: event.reasons, worked_ms: event.worked_ms,
    }));
    case "OrderCancelled": return visits.map((visit) => (visit.status === "completed" ? visit : { ...visit, status: "withdrawn" }));
    default: return visits;
  }
}

/** Recorded answers on top of earlier ones; null takes an answer back. */
export function merged(before: Answers, recorded: Answers): Answers {
  return Object.fromEntries(Object.entries({ ...before, ...recorded }).filter(([, answer]) => answer !== null));
}

function opened(event: Extract<Event, { type: "StepOpened" }>): VisitRecord {
  const { visit, node, number, at, rework } = event;
  return {
    visit, node, number, rework, by: null, by_name: null, status: "ready", opened_at: at, started_at: null, completed_at: null, worked_ms: 0,
    answers: {}, reasons: {},
  };
}

function changed(visits: readonly VisitRecord[], id: string, change: (visit: VisitRecord) => VisitRecord): readonly VisitRecord[] {
  return visits.map((visit) => (visit.visit === id ? change(visit) : visit));
}

/** Findings after `event`. */
export function findingsAfter(findings: readonly Finding[], event: Event): readonly Finding[] {
  if (event.type !== "FindingReported") return findings;
  const { by, at, visit, text, severity, photos } = event;
  return [...findings, { by, at, visit, text, severity, photos }];
}
