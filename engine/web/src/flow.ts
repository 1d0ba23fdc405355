import type { Answers, Asked } from "./commands.ts";
import { holds } from "./conditions.ts";
import { namesFor } from "./environment.ts";
import type { Event, Rework } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { Env } from "./expressions/index.ts";
import type { History } from "./history.ts";
import { own } from "./json_values.ts";
import type { ChoiceNode, EndNode, JoinNode, ParallelNode, Plan, PlanEdge, PlanNode } from "./plan.ts";
import type { Problem } from "./problems.ts";
import { problem } from "./problems.ts";
import type { State } from "./state.ts";
import { visitId } from "./state.ts";

/** The visit that was completed, its final answers, what was stated for a rework edge on the way. */
export interface Behind {
  readonly visit: string;
  readonly answers: Answers;
  readonly reworkReason: string | null;
}

const NOTHING_BEHIND: Behind = { visit: "", answers: {}, reworkReason: null };

/** Where an order goes next: one decision in the making, with its events so far, the state after them, what stands against it. */
export class Flow {
  readonly events: Event[] = [];
  readonly problems: Problem[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly history: History,
    public state: State,
    private readonly asked: Pick<Asked, "by" | "at">,
    private readonly behind: Behind = NOTHING_BEHIND,
  ) {}

  /** Lets `event` happen. */
  record(event: Event): void {
    this.events.push(event);
    this.state = evolve(this.state, event);
  }

  /** Arrives at a node and goes on until people have to act, a join waits, or the order ends. */
  enter(name: string, rework: Rework | null = null): void {
    const node = nodeOf(this.plan, name);
    switch (node.kind) {
      case "end": this.end(node); break;
      case "parallel": this.startBranches(node, rework); break;
      case "join": this.join(node); break;
      case "choice": this.leave(node, rework); break;
      case "step": this.open(name, rework); break;
    }
  }

  private open(node: string, rework: Rework | null): void {
    const number = this.history.count(node) + 1;
    this.record({ type: "StepOpened", ...this.happened(), visit: visitId(node, number), node, number, rework });
  }

  /** Takes the first edge whose condition holds. */
  private leave(node: ChoiceNode | JoinNode, rework: Rework | null = null): void {
    const edge = firstOpen(node.next, this.names(node), node.id, this.problems);
    if (edge !== undefined) this.follow(edge, rework);
  }

  /** Goes along an edge. */
  follow(edge: PlanEdge, rework: Rework | null = null): void {
    if (edge.rework) this.rework(edge);
    else this.enter(edge.to, rework);
  }

  private rework({ id: edge, to, limit, exit, reason_field }: PlanEdge): void {
    if (limit !== null && exit !== null && (own(this.state.reworks, edge) ?? 0) >= limit) {
      this.record({ type: "ReworkLimitReached", ...this.happened(), edge, to: exit });
      this.enter(exit);
      return;
    }
    const reason = this.reason(reason_field);
    if (reason === null) {
      this.problems.push(problem("rework.reason_missing", "/rework_reason", edge));
      return;
    }
    this.record({ type: "ReworkTaken", ...this.happened(), edge, reason, from: this.behind.visit, to });
    this.enter(to, { edge, reason, from: this.behind.visit });
  }

  private reason(field: string | null): string | null {
    const answer = field === null ? null : own(this.behind.answers, field);
    return this.behind.reworkReason ?? (typeof answer === "string" ? answer : null);
  }

  private startBranches(node: ParallelNode, rework: Rework | null): void {
    const names = this.names(node);
    const started = node.next.filter((edge) => holds(edge.when, { names, at: "", element: edge.id, problems: this.problems }));
    this.record({ type: "BranchesStarted", ...this.happened(), node: node.id, join: node.join, edges: started.map(({ id }) => id) });
    if (started.length === 0) this.pass(node.join);
    for (const edge of started) this.enter(edge.to, rework);
  }

  private join(node: JoinNode): void {
    this.record({ type: "BranchJoined", ...this.happened(), join: node.id });
    const { arrived = 0, expected = 0 } = own(this.state.joins, node.id) ?? {};
    if (arrived >= expected) this.pass(node.id);
  }

  private pass(join: string): void {
    this.record({ type: "JoinPassed", ...this.happened(), join });
    const node = nodeOf(this.plan, join);
    if (node.kind === "join") this.leave(node);
  }

  private end(node: EndNode): void {
    if (Object.keys(this.state.locks).length > 0) this.problems.push(lockStanding(this.state, "/visit", node.id));
    else this.record({ type: "OrderEnded", ...this.happened(), node: node.id, outcome: node.outcome });
  }

  private names(node: PlanNode): Env {
    return namesFor(this.plan, node, this.history, this.state, this.asked.at);
  }

  private happened(): { by: string; at: string } {
    return { by: this.asked.by, at: this.asked.at };
  }
}

function nodeOf(plan: Plan, name: string): PlanNode {
  const node = own(plan.nodes, name);
  if (node === undefined) throw new TypeError(`no node ${name}`);
  return node;
}

/** The first edge whose condition holds; failures are added to `problems`. */
export function firstOpen(edges: readonly PlanEdge[], names: Env, element: string, problems: Problem[]): PlanEdge | undefined {
  return edges.find((edge) => holds(edge.when, { names, at: "", element: `${element}.next`, problems }));
}

/** The problem that locks stand, naming them. */
export function lockStanding(state: State, at: string, element: string): Problem {
  const points = Object.keys(state.locks).map((key) => key.split(".").slice(2).join("."));
  return problem("safety.lock_standing", at, element, { points });
}
