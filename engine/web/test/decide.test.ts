import { describe, expect, it } from "vitest";
import type { Command, CommandType, Event, Json, State } from "../src/index.ts";
import { decide, evolve, FieldType, initialState, loadPlan, MemoryHistory } from "../src/index.ts";
import { builtInTypes } from "../src/fields/built_in.ts";
import { field, planOf } from "./plan.ts";

const ORDER = { number: "W-1", created: "2026-11-22T08:00:00.000Z" };

function command(type: CommandType, members: object = {}): Command {
  return { type, by: "ada", roles: ["engineer"], at: "2026-11-22T08:00:00.000Z", ...members } as unknown as Command;
}

/** An order that is played; refusals are errors. */
class Order {
  state: State = initialState();
  readonly history = new MemoryHistory();
  readonly events: Event[] = [];

  constructor(readonly plan: ReturnType<typeof planOf>) {
    this.act("OpenOrder", { order: ORDER });
  }

  act(type: CommandType, members: object = {}): void {
    const decision = decide(this.plan, this.state, command(type, members), this.history);
    if (!decision.accepted) throw new Error(JSON.stringify(decision.problems));
    for (const event of decision.events) this.history.apply(event);
    this.events.push(...decision.events);
    this.state = decision.state;
  }
}

describe("an order on the phone", () => {
  it("goes from its opening to its end", () => {
    const order = new Order(planOf([field("note", "text", { max_length: 200 })]));
    order.act("StartStep", { visit: "step_0#1" });
    order.act("CompleteStep", { visit: "step_0#1", answers: { note: " fixed " } });
    expect(order.events.map(({ type }) => type)).toEqual(["OrderOpened", "StepOpened", "StepStarted", "StepCompleted", "OrderEnded"]);
    expect(order.history.latest("step_0")?.answers).toEqual({ note: "fixed" });
    expect(order.events.reduce(evolve, initialState())).toEqual(order.state);
  });

  it("shares what an act does not change", () => {
    const order = new Order(planOf([]));
    const before = order.state;
    order.act("AssignOrder", { person: "bo" });
    expect(order.state.active).toBe(before.active);
    expect(order.state.order).toBe(before.order);
    expect(before.assigned_to).toBeNull();
  });

  it("keeps its state as small after a thousand steps as after one", () => {
    const order = new Order(planOf(...Array.from({ length: 1000 }, () => [])));
    const size = JSON.stringify(order.state).length;
    for (let index = 0; index < 999; index++) {
      order.act("StartStep", { visit: `step_${index}#1` });
      order.act("CompleteStep", { visit: `step_${index}#1`, answers: {} });
    }
    expect(JSON.stringify(order.state).length).toBeLessThan(size + 20);
  });

  it("refuses what only an object's prototype has", () => {
    const order = new Order(planOf([field("note", "text", { max_length: 200 })]));
    const visit = "constructor";
    expect(decide(order.plan, order.state, command("StartStep", { visit }), order.history)).toEqual({
      accepted: false, problems: [{ code: "visit.not_open", at: "/visit", element: "", params: {} }],
    });
    expect(decide(order.plan, order.state, { type: "toString" } as unknown as Command, order.history).accepted).toBe(false);
  });
});

describe("a plugin's field type", () => {
  class Rating extends FieldType {
    readonly name = "rating";
    answerSchema(): { type: string; minimum: number; maximum: number } {
      return { type: "integer", minimum: 1, maximum: 5 };
    }
    override normalise(_settings: object, raw: Json): { answer: Json } {
      return { answer: raw };
    }
  }

  it("is used by the plans it is loaded with", () => {
    const types = builtInTypes();
    types.register(new Rating());
    const order = new Order(loadPlan(structuredClone(planOf([field("stars", "rating")])), types));
    order.act("StartStep", { visit: "step_0#1" });
    order.act("CompleteStep", { visit: "step_0#1", answers: { stars: 4 } });
    expect(order.history.latest("step_0")?.answers).toEqual({ stars: 4 });
  });

  it("is missed where it is not installed", () => {
    const order = new Order(planOf([field("stars", "rating")]));
    order.act("StartStep", { visit: "step_0#1" });
    const decision = decide(order.plan, order.state, command("CompleteStep", { visit: "step_0#1", answers: {} }), order.history);
    expect(decision).toMatchObject({ accepted: false, problems: [{ code: "field.type_missing", at: "/answers/stars" }] });
  });

  it("cannot take another's name", () => {
    expect(() => {
      const types = builtInTypes();
      types.register(new Rating());
      types.register(new Rating());
    }).toThrow();
  });
});
