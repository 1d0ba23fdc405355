import { describe, expect, it } from "vitest";
import {
  addNode, clearLayout, connect, convertNode, type Draft, goesBack, moveEdge, moveNodes, reconnect, removeEdge, removeNodes, routesOf, setEdge, setNode, setOutcome, setRework, setStart,
} from "../../src/model/index.ts";
import { after, draftOf, pump, step } from "./edits.cast.ts";

const targets = (draft: Draft, id: string): string[] => routesOf(draft.template.nodes[id]).map(({ to }) => to);
const empty = (): Draft => draftOf({ format: 1, key: "x", title: { en: "X" }, roles: { fitter: {} }, start: "none", nodes: {} });
/** first → split (left, right) → together → last */
function lanes(): Draft {
  const { template } = pump();
  const at = (to: string) => ({ kind: "step" as const, role: "engineer", title: {}, next: [{ to }] });
  return draftOf({
    ...template, start: "first", scenarios: [],
    nodes: {
      first: at("split"), split: { kind: "parallel", join: "together", next: [{ to: "left" }, { to: "right" }] }, left: at("left2"), left2: at("together"), right: at("together"),
      together: { kind: "join", next: [{ to: "last" }] }, last: at("end"), end: { kind: "end", outcome: "repaired" },
    },
  });
}

describe("the outcome of an end", () => {
  it("is its title as well, until somebody has named it", () => {
    const { command, id } = addNode(pump(), "end", { at: { x: 0, y: 0 } });
    const scrapped = after(after(pump(), command), setOutcome(after(pump(), command), id, "scrapped"));
    expect(scrapped.template.nodes[id]).toEqual({ kind: "end", outcome: "scrapped", title: { "zh-CN": "已报废", en: "Scrapped" } });
    const named = after(scrapped, setNode(scrapped, id, ["title", "en"], "Sold as scrap"));
    expect(after(named, setOutcome(named, id, "returned")).template.nodes[id]).toEqual({ kind: "end", outcome: "returned", title: { en: "Sold as scrap" } });
  });

  it("is of ends only", () => {
    expect(setOutcome(pump(), "measure", "scrapped")).toBeNull();
  });
});

describe("a new node", () => {
  it("is where every order begins when it is the first", () => {
    const { command, id } = addNode(empty(), "step", { at: { x: 1, y: 2 } });
    const draft = after(empty(), command);
    expect(draft.template.start).toBe(id);
    expect(step(draft, id)).toMatchObject({ role: "fitter", title: { "zh-CN": "新步骤", en: "New step" }, next: [] });
    expect(draft.layout).toEqual({ [id]: { x: 1, y: 2 } });
  });

  it("of a template without roles brings one", () => {
    const draft = draftOf({ ...empty().template, roles: {} });
    expect(Object.keys(after(draft, addNode(draft, "step").command).template.roles)).toEqual(["engineer"]);
  });

  it("that ends stands beside the route it is put on: what follows is reached as before", () => {
    for (const place of [{ onEdge: { from: "measure", index: 0 } }, { after: "assemble" }]) {
      const from = place.after ?? "measure";
      const before = targets(pump(), from);
      const { command, id } = addNode(pump(), "end", { ...place, outcome: "scrapped" });
      const draft = after(pump(), command);
      expect(targets(draft, from)).toContain(id);
      expect(targets(draft, from).filter((to) => to !== id)).toEqual(before);
      expect(routesOf(draft.template.nodes[from]).at(-1)?.to).toBe(before.at(-1));
      expect(draft.template.nodes[id]).toEqual({ kind: "end", outcome: "scrapped", title: { "zh-CN": "已报废", en: "Scrapped" } });
    }
  });

  it("takes the place of the route it is dropped on", () => {
    const draft = after(pump(), addNode(pump(), "choice", { onEdge: { from: "measure", index: 0 } }).command);
    expect(step(draft, "measure").next[0]).toMatchObject({ to: "choice", when: expect.any(String) as string });
    expect(targets(draft, "choice")).toEqual(["replace"]);
  });

  it("behind a node takes the place of its last ordinary route", () => {
    const draft = after(pump(), addNode(pump(), "step", { after: "inspect" }).command);
    expect(targets(draft, "inspect")).toEqual(["assemble", "step"]);
    expect(targets(draft, "step")).toEqual(["end"]);
  });

  it("that is a parallel brings two branches and the join", () => {
    const draft = after(pump(), addNode(pump(), "parallel", { onEdge: { from: "replace", index: 0 } }).command);
    expect(targets(draft, "replace")).toEqual(["parallel"]);
    expect(targets(draft, "parallel")).toEqual(["branch", "branch_2"]);
    expect(targets(draft, "branch_2")).toEqual(["join"]);
    expect(targets(draft, "join")).toEqual(["assemble"]);
    expect(draft.template.nodes["parallel"]).toMatchObject({ join: "join" });
  });

  it("behind a parallel is another branch", () => {
    const draft = after(lanes(), addNode(lanes(), "step", { after: "split" }).command);
    expect(targets(draft, "split")).toEqual(["left", "right", "step"]);
    expect(targets(draft, "step")).toEqual(["together"]);
  });
});

describe("nodes that are removed", () => {
  it("leave no gap: who led to them leads to what came next", () => {
    const draft = after(pump(), removeNodes(pump(), ["replace"]));
    expect(step(draft, "measure").next).toEqual([{ to: "assemble" }]);
    const two = after(pump(), removeNodes(pump(), ["assemble", "replace"]));
    expect(step(two, "measure").next).toEqual([{ to: "inspect" }]);
    expect(step(two, "inspect")).toMatchObject({ next: [{ to: "end" }] });
    expect(step(two, "inspect").not_same_person_as).toBeUndefined();
  });

  it("give the start to what came next", () => {
    const draft = after(lanes(), removeNodes(lanes(), ["first"]));
    expect(draft.template.start).toBe("split");
  });

  it("take routes along that could lead to several places", () => {
    expect(targets(after(pump(), removeNodes(pump(), ["measure"])), "replace")).toEqual(["assemble"]);
    const draft = after(pump(), removeNodes(pump(), ["end", "scrap"]));
    expect(targets(draft, "inspect")).toEqual(["assemble"]);
    expect(step(draft, "inspect").next[0]).toMatchObject({ when: "!ok", limit: 2 });
  });

  it("that are a parallel let its branches be done one after the other", () => {
    const draft = after(lanes(), removeNodes(lanes(), ["split"]));
    expect(["first", "left", "left2", "right"].map((id) => targets(draft, id))).toEqual([["left"], ["left2"], ["right"], ["last"]]);
    expect(Object.keys(draft.template.nodes)).not.toContain("together");
  });

  it("may be everything", () => {
    expect(after(lanes(), removeNodes(lanes(), Object.keys(lanes().template.nodes))).template.nodes).toEqual({});
  });

  it("may be the last node of a branch", () => {
    const draft = after(lanes(), removeNodes(lanes(), ["right"]));
    expect(targets(draft, "split")).toEqual(["left", "together"]);
  });
});

describe("routes", () => {
  it("that are new come before “else”, and have no condition yet", () => {
    const draft = after(pump(), connect(pump(), "assemble", "scrap"));
    expect(step(draft, "assemble").next).toEqual([{ to: "scrap" }, { to: "inspect" }]);
    expect(targets(after(lanes(), connect(lanes(), "split", "together")), "split")).toEqual(["left", "right", "together"]);
  });

  it("that go back are rework", () => {
    expect(goesBack(pump().template, "inspect", "measure")).toBe(true);
    expect(goesBack(pump().template, "measure", "inspect")).toBe(false);
    const draft = after(pump(), connect(pump(), "inspect", "measure"));
    expect(step(draft, "inspect").next[1]).toEqual({ to: "measure", rework: true });
    expect(connect(draft, "inspect", "measure")).toBeNull();
  });

  it("cannot begin at an end or lead nowhere", () => {
    expect(connect(pump(), "end", "measure")).toBeNull();
    expect(connect(pump(), "measure", "nowhere")).toBeNull();
    expect(reconnect(pump(), "measure", 0, "nowhere")).toBeNull();
    expect(removeEdge(pump(), "measure", 7)).toBeNull();
    expect(moveEdge(pump(), "measure", 0, 7)).toBeNull();
  });

  it("can be led elsewhere, tried earlier, changed, removed", () => {
    expect(targets(after(pump(), reconnect(pump(), "measure", 1, "inspect")), "measure")).toEqual(["replace", "inspect"]);
    expect(targets(after(pump(), moveEdge(pump(), "measure", 1, 0)), "measure")).toEqual(["assemble", "replace"]);
    expect(step(after(pump(), setEdge(pump(), "measure", 0, ["label", "en"], "worn")), "measure").next[0]?.label).toEqual({ en: "worn" });
    expect(step(after(pump(), removeEdge(pump(), "measure", 1)), "measure").next).toEqual([{ to: "replace" }]);
  });

  it("become rework with all it takes, and ordinary again", () => {
    const rework = after(pump(), setRework(pump(), "measure", 0, { limit: 3, exit: "scrap", reason_field: "verdict" }));
    expect(step(rework, "measure").next[0]).toMatchObject({ rework: true, limit: 3, exit: "scrap", reason_field: "verdict" });
    expect(step(after(rework, setRework(rework, "measure", 0, null)), "measure").next).toEqual(step(pump(), "measure").next);
  });
});

describe("a node", () => {
  it("can be placed by hand and laid out again", () => {
    const draft = after(pump(), moveNodes(pump(), { measure: { x: 3, y: 4 }, gone: { x: 0, y: 0 } }));
    expect(draft.layout).toEqual({ measure: { x: 3, y: 4 } });
    expect(moveNodes(draft, { measure: { x: 3, y: 4 } })).toBeNull();
    expect(after(draft, clearLayout(draft)).layout).toEqual({});
    expect(clearLayout(pump())).toBeNull();
  });

  it("can be changed, and what is set to what it is is no edit", () => {
    expect(step(after(pump(), setNode(pump(), "measure", ["standard_minutes"], 5)), "measure").standard_minutes).toBe(5);
    expect(setNode(pump(), "measure", ["title", "en"], "Measure")).toBeNull();
    expect(setNode(pump(), "measure", ["standard_minutes"], undefined)).toBeNull();
    expect(after(pump(), setStart(pump(), "replace")).template.start).toBe("replace");
    expect(setStart(pump(), "measure")).toBeNull();
  });

  it("can become another kind and keeps title and routes", () => {
    const choice = after(pump(), convertNode(pump(), "replace", "choice"));
    expect(choice.template.nodes["replace"]).toEqual({ kind: "choice", title: { en: "Replace" }, next: [{ to: "assemble" }] });
    expect(after(pump(), convertNode(pump(), "inspect", "end")).template.nodes["inspect"]).toMatchObject({ kind: "end", outcome: "repaired" });
    expect(after(lanes(), convertNode(lanes(), "split", "choice")).template.nodes["split"]).toEqual({ kind: "choice", title: { "zh-CN": "判断", en: "Choice" }, next: [{ to: "left" }, { to: "right" }] });
    const parallel = after(pump(), convertNode(pump(), "measure", "parallel"));
    expect(parallel.template.nodes["measure"]).toMatchObject({ join: "join" });
    expect(parallel.template.nodes["join"]).toMatchObject({ kind: "join" });
  });
});
