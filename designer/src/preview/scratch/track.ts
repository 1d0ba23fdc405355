import { type Event, type Plan, type PlanEdge, type PlanNode, visitNode } from "@mendloop/engine";
import type { Track } from "../../session.ts";
import type { Standing } from "./run.ts";

/** Where the order is on the flow: what is open, what was passed, by which routes. */
export function trackOf(plan: Plan, { events, state }: Standing): Track {
  const walk = new Walk(plan);
  for (const event of events) walk.follow(event);
  const open = [...new Set(Object.values(state.active).map(({ node }) => node))];
  return { open, done: [...walk.done].filter((node) => !open.includes(node)), routes: [...walk.routes] };
}

/** Events name the steps that were reached; the choices on the way to them are found here. */
class Walk {
  readonly done = new Set<string>();
  readonly routes = new Set<string>();
  /** Nodes from which the flow went on and has not been seen to arrive yet. */
  #from: readonly string[];

  constructor(private readonly plan: Plan) {
    this.#from = [plan.start];
  }

  follow(event: Event): void {
    switch (event.type) {
      case "StepCompleted": this.#leave(visitNode(event.visit), [event.edge]); break;
      case "ReworkTaken": this.#leave(nodeOf(event.edge), [event.edge]); break;
      case "ReworkLimitReached": this.#from = [...this.#from, event.to]; break;
      case "BranchesStarted": this.#arrive(event.node); this.#leave(event.node, event.edges); break;
      case "BranchJoined": this.#arrive(event.join); break;
      case "JoinPassed": this.done.add(event.join); this.#from = [...this.#from, event.join]; break;
      case "StepOpened": this.#arrive(event.node); break;
      case "OrderEnded": this.#arrive(event.node); this.done.add(event.node); break;
      default:
    }
  }

  #leave(node: string, edges: readonly string[]): void {
    this.done.add(node);
    for (const id of edges) {
      this.routes.add(keyOf(id));
      const edge = edgesOf(this.plan.nodes[node]).find((each) => each.id === id);
      if (edge !== undefined) this.#from = [...this.#from, edge.to];
    }
  }

  /** The shortest way from where the flow was, through nodes where nobody works. */
  #arrive(node: string): void {
    for (const from of this.#from) {
      const way = wayTo(this.plan, from, node);
      if (way === null) continue;
      for (const { id } of way) { this.routes.add(keyOf(id)); this.done.add(nodeOf(id)); }
      this.#from = this.#from.filter((each) => each !== from);
      return;
    }
  }
}

/** The routes from one node to another that pass only choices and joins; null where there is no such way. */
function wayTo(plan: Plan, from: string, to: string): readonly PlanEdge[] | null {
  const seen = new Set([from]);
  let ends: readonly { readonly node: string; readonly way: readonly PlanEdge[] }[] = [{ node: from, way: [] }];
  while (ends.length > 0) {
    const found = ends.find(({ node }) => node === to);
    if (found !== undefined) return found.way;
    ends = ends.flatMap(({ node, way }) => passing(plan.nodes[node], node === from).map((edge) => ({ node: edge.to, way: [...way, edge] }))).filter(({ node }) => !seen.has(node));
    for (const { node } of ends) seen.add(node);
  }
  return null;
}

function passing(node: PlanNode | undefined, isFirst: boolean): readonly PlanEdge[] {
  return node?.kind === "choice" || (node?.kind === "join" && isFirst) ? node.next : [];
}

function edgesOf(node: PlanNode | undefined): readonly PlanEdge[] {
  return node === undefined || node.kind === "end" ? [] : node.next;
}

/** `measure/0` names the first route of `measure`. */
function nodeOf(edge: string): string {
  return edge.slice(0, edge.lastIndexOf("/"));
}

function keyOf(edge: string): string {
  return `${nodeOf(edge)} ${edge.slice(edge.lastIndexOf("/") + 1)}`;
}
