import { describe, expect, it } from "vitest";
import { moveField, renameField, renameItem, renameNode, renameRole } from "../../src/model/index.ts";
import { after, field, pump, step, text } from "./edits.cast.ts";

describe("another name", () => {
  it("for a node is followed by routes, rules, pairs, expressions and scenarios", () => {
    const { template } = after(pump(), renameNode(pump(), "measure", "gauge"));
    expect(Object.keys(template.nodes)[0]).toBe("gauge");
    expect(template.start).toBe("gauge");
    expect(field({ template, layout: {} }, "assemble", "runout").visible).toBe("steps.gauge.runout.value > 1.0 || visits.gauge.all(v, v.runout.value < runout)");
    expect(field({ template, layout: {} }, "assemble", "done")).toMatchObject({ shots: [{ pair: "gauge.before.front" }] });
    expect(template.scenarios?.[0]).toMatchObject({ acts: [{ step: "gauge" }, {}], expect: { visits: { gauge: 1 }, completed: ["gauge", "assemble"] } });
    expect(JSON.stringify(template)).not.toContain("measure");
  });

  it("for a node is followed by the exit of a rework and by whom it may not be done", () => {
    const draft = after(pump(), renameNode(pump(), "scrap", "bin"));
    expect(step(draft, "inspect").next[0]?.exit).toBe("bin");
    expect(step(after(pump(), renameNode(pump(), "assemble", "build")), "inspect").not_same_person_as).toEqual(["build"]);
  });

  it("for a field is followed in its own step by its name, elsewhere by its path, and never inside a text", () => {
    const draft = after(pump(), renameField(pump(), "measure", "runout", "swing"));
    expect(field(draft, "measure", "double")).toMatchObject({ value: "swing.value * 2.0" });
    expect(step(draft, "measure").next[0]?.when).toBe("swing.value > 0.05 && 'runout' != '' && verdict == 'bad'");
    expect(field(draft, "assemble", "runout").visible).toBe("steps.measure.swing.value > 1.0 || visits.measure.all(v, v.swing.value < runout)");
    expect(draft.template.scenarios?.[0]?.acts[0]?.answers).toEqual({ swing: { value: 0.01 }, verdict: "good", before: { front: "@photo" } });
  });

  it("for a field is followed by reasons of rework and by pairs", () => {
    expect(step(after(pump(), renameField(pump(), "inspect", "why", "because")), "inspect").next[0]?.reason_field).toBe("because");
    const draft = after(pump(), renameField(pump(), "measure", "before", "first"));
    expect(field(draft, "measure", "first")).toMatchObject({ shots: [{ pair: "assemble.done.front" }, { pair: "first.front" }] });
    expect(field(draft, "assemble", "done")).toMatchObject({ shots: [{ pair: "measure.first.front" }] });
  });

  it("for an option, a shot or a role is followed", () => {
    const option = after(pump(), renameItem(pump(), ["nodes", "measure", "fields", 3, "options"], 1, "worn"));
    expect(step(option, "measure").next[0]?.when).toContain("verdict == 'worn'");
    const shot = after(pump(), renameItem(pump(), ["nodes", "measure", "fields", 2, "shots"], 0, "face"));
    expect(field(shot, "assemble", "done")).toMatchObject({ shots: [{ pair: "measure.before.face" }] });
    expect(shot.template.scenarios?.[0]?.acts[0]?.answers?.["before"]).toEqual({ face: "@photo" });
    const role = after(pump(), renameRole(pump(), "engineer", "fitter"));
    expect(role.template.scenarios?.[0]?.acts[0]?.by).toBe("fitter:2");
    expect(step(role, "measure").role).toBe("fitter");
  });

  it("that is taken, reserved or no name is refused", () => {
    expect(renameNode(pump(), "measure", "inspect")).toBeNull();
    expect(renameNode(pump(), "measure", "steps")).toBeNull();
    expect(renameField(pump(), "measure", "runout", "Run out")).toBeNull();
    expect(renameField(pump(), "measure", "runout", "double")).toBeNull();
  });
});

describe("a field that goes to another step", () => {
  it("gets a free name there; whoever reads it follows", () => {
    const draft = after(pump(), moveField(pump(), "measure", "runout", "assemble", 0));
    expect(step(draft, "assemble").fields?.map(({ id }) => id)).toEqual(["runout_2", "runout", "done"]);
    expect(field(draft, "measure", "double")).toMatchObject({ value: "steps.assemble.runout_2.value * 2.0" });
    expect(field(draft, "assemble", "runout").visible).toBe("runout_2.value > 1.0 || visits.measure.all(v, v.runout.value < runout)");
  });

  it("still reads what it read", () => {
    const draft = after(pump(), moveField(pump(), "measure", "double", "replace", 0));
    expect(field(draft, "replace", "double")).toMatchObject({ value: "steps.measure.runout.value * 2.0" });
    const back = after(draft, moveField(draft, "replace", "double", "measure", 1));
    expect(text(back).replace(`"fields":[],`, "")).toBe(text(pump()));
  });
});
