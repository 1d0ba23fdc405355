/** The browser engine behind a pipe: one JSON request a line, one JSON answer a line. The tests compare it with the server's. */
import { createInterface } from "node:readline";
import {
  canonicalText, chainHash, decide, equip, evaluateStep, evolve, GENESIS, initialState, LiveStep, loadPlan, MemoryHistory, messageOf, sha256Hex, utf8,
} from "../../engine/web/src/index.ts";
import type { Answers, Circumstances, Command, Decision, Event, Json, JsonObject, Plan, Problem, State, Views } from "../../engine/web/src/index.ts";

/** Freezes `value` all the way down, so that an engine that changes what it was given fails at once. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
}

/** One order that is being played. */
class Order {
  readonly plan: Plan;
  state: State = frozen(initialState());
  readonly history = new MemoryHistory();
  prev = GENESIS;
  readonly live = new Map<string, Followed>();

  constructor(plan: Plan) {
    this.plan = frozen(plan);
  }

  decide(command: Json): Json {
    const decision = decide(this.plan, this.state, frozen(command) as unknown as Command, this.history);
    if (!decision.accepted) return { accepted: false, problems: decision.problems as unknown as Json };
    return this.#take(decision);
  }

  #take(decision: Extract<Decision, { accepted: true }>): Json {
    let folded = this.state;
    const hashes: string[] = [];
    for (const event of decision.events) {
      folded = frozen(evolve(folded, frozen(event)));
      hashes.push(this.#chain(event, folded.sequence));
      this.history.apply(event);
    }
    this.#sameState(folded, decision.state);
    this.state = frozen(decision.state);
    return { accepted: true, events: decision.events as unknown as Json, state: this.state as unknown as Json, hashes };
  }

  #chain(event: Event, sequence: number): string {
    this.prev = chainHash({ organisation: "o", order: "w", sequence, command: "c", prev: this.prev, event });
    return this.prev;
  }

  #sameState(folded: State, decided: State): void {
    if (canonicalText(folded as unknown as Json) !== canonicalText(decided as unknown as Json)) {
      throw new Error("decide and evolve disagree on the state");
    }
  }

  evaluate(request: JsonObject): Json {
    const answers = frozen(request["answers"]) as Answers;
    const known = (request["known"] ?? {}) as Circumstances;
    const view = evaluateStep(this.plan, request["node"] as string, answers, this.history, this.state, request["at"] as string, known);
    this.#follow(request["node"] as string, answers, request["at"] as string);
    return view as unknown as Json;
  }

  /** Edits of one step, one after the other: how many views each has changed, beside those of the fields that were edited. */
  edit(request: JsonObject): Json {
    const [first, ...edits] = request["edits"] as unknown as readonly Edit[];
    const node = request["node"] as string;
    if (first === undefined) return [];
    let answers = frozen(first.answers);
    const live = new LiveStep(this.plan, node, answers, this.history, this.state, first.at);
    this.#compare(live, node, answers, first.at, new Map());
    return edits.map((edit) => {
      answers = frozen({ ...answers, ...edit.answers });
      const before = new Map(live.views);
      const changed = live.change(edit.answers, edit.at);
      this.#compare(live, node, answers, edit.at, before, changed);
      return [...changed.keys()].filter((id) => !Object.hasOwn(edit.answers, id)).length;
    });
  }

  /** A live step kept from one request to the next, while the order goes on. */
  #follow(node: string, answers: Answers, at: string): void {
    const { live, answers: earlier } = this.live.get(node) ?? { live: new LiveStep(this.plan, node, {}, this.history, this.state, at), answers: {} };
    const taken = Object.fromEntries(Object.keys(earlier).map((id) => [id, null]));
    const before = new Map(live.views);
    const changed = live.adopt({ ...taken, ...answers }, this.history, this.state, at);
    this.#compare(live, node, answers, at, before, changed);
    this.live.set(node, { live, answers });
  }

  /** The live step must say what evaluating everything says, and name exactly the views that are new. */
  #compare(live: LiveStep, node: string, answers: Answers, at: string, before: Views, changed: Views = live.views): void {
    const whole = evaluateStep(this.plan, node, answers, this.history, this.state, at);
    const shown = canonicalText(Object.fromEntries(live.views) as unknown as Json);
    if (shown !== canonicalText(whole as unknown as Json)) throw new Error(`the live step differs: ${shown} instead of ${JSON.stringify(whole)}`);
    for (const [id, view] of live.views) {
      if ((view !== before.get(id)) !== changed.has(id)) throw new Error(`a changed view was not named, or one that stayed was: ${id}`);
      if (before.has(id) && changed.has(id) && JSON.stringify(view) === JSON.stringify(before.get(id))) throw new Error(`the same view anew: ${id}`);
    }
  }
}

interface Edit {
  readonly answers: Answers;
  readonly at: string;
}

interface Followed {
  readonly live: LiveStep;
  readonly answers: Answers;
}

/** As the engineer's app has it: with the pieces that the plan needs and no others; or, when asked to, with everything at once. */
const load = process.argv.includes("--everything") ? (plan: unknown): Promise<Plan> => Promise.resolve(loadPlan(plan)) : equip;

let order: Order | undefined;

function current(): Order {
  if (order === undefined) throw new Error("no plan yet");
  return order;
}

const OPERATIONS: Record<string, (request: JsonObject) => Json | Promise<Json>> = {
  plan: async (request) => {
    order = new Order(await load(request["plan"] ?? null));
    return true;
  },
  decide: (request) => current().decide(request["command"] ?? null),
  evaluate: (request) => current().evaluate(request),
  edit: (request) => current().edit(request),
  messages: (request) => {
    const problem = request["problem"] as unknown as Problem;
    return { en: messageOf(problem, "en"), "zh-CN": messageOf(problem, "zh-CN") };
  },
  canonical: (request) => {
    const text = canonicalText(request["value"] ?? null);
    return { text, sha256: sha256Hex(utf8(text)) };
  },
};

/** The answer as canonical text: its bytes are compared, not its members. */
async function answer(line: string): Promise<JsonObject> {
  try {
    const request = JSON.parse(line) as JsonObject;
    const operation = OPERATIONS[request["op"] as string];
    if (operation === undefined) throw new Error("unknown operation");
    return { result: canonicalText(await operation(request)) };
  } catch (error) {
    return { crash: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
