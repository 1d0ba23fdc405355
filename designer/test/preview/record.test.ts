import { describe, expect, it } from "vitest";
import { addScenario, Editor, type Scenario, type Template } from "../../src/model/index.ts";
import { playScenario } from "../../src/preview/scenario/play.ts";
import { scenarioOf } from "../../src/preview/scenario/record.ts";
import { factsFor, MADE_UP } from "../../src/preview/scratch/facts.ts";
import { finishVisit } from "../../src/preview/scratch/forward.ts";
import { act, type Asked, openRun, type Run } from "../../src/preview/scratch/run.ts";
import { LOCKED, MEASURED, TOGETHER } from "./plan.ts";

const does = (run: Run, type: Asked["type"], visit: string, by: string, more: Asked["payload"] = {}, minutes = 0): Run => act(run, { type, payload: { visit, ...more }, by, minutes }).run;

function through(run: Run, ...visits: readonly (readonly [visit: string, by: string, verdict?: string])[]): Run {
  return visits.reduce((before, [visit, by, verdict]) => finishVisit(before, visit, by, verdict === undefined ? {} : { verdict }, "en").run, run);
}

describe("a recorded scenario", () => {
  it("says each finished step in one act, without hashes, with the end that it came to", () => {
    const run = through(openRun(MEASURED, MADE_UP), ["measure#1", "engineer"], ["inspect#1", "inspector", "rejected"], ["measure#2", "engineer:2"], ["inspect#2", "inspector"]);
    expect(scenarioOf(run, "sent back once")).toEqual({
      name: "sent back once",
      acts: [
        { do: "complete", step: "measure", answers: { runout: { value: 0 }, before: "@photo" }, minutes: 10 },
        { do: "complete", step: "inspect", answers: { verdict: "rejected" }, rework_reason: "Tried in the preview", minutes: 10 },
        { do: "complete", step: "measure", by: "engineer:2", answers: { runout: { value: 0 }, before: "@photo" }, minutes: 10 },
        { do: "complete", step: "inspect", answers: { verdict: "passed" }, minutes: 10 },
      ],
      expect: { ended: "repaired", completed: ["measure", "inspect", "measure", "inspect"] },
    });
  });

  it("writes locks as locks", () => {
    const run = through(openRun(LOCKED, MADE_UP), ["isolate#1", "engineer"], ["restore#1", "engineer"]);
    expect(scenarioOf(run, "locked").acts).toEqual([{ do: "complete", step: "isolate", locks: true, minutes: 10 }, { do: "complete", step: "restore", locks: true, minutes: 10 }]);
  });

  it("keeps every act where one would not say the same", () => {
    const paused = does(does(does(openRun(MEASURED, MADE_UP), "StartStep", "measure#1", "engineer"), "PauseStep", "measure#1", "engineer", { reason: "meal" }), "ResumeStep", "measure#1", "engineer:2");
    const scenario = scenarioOf(through(paused, ["measure#1", "engineer:2"]), "handed over");
    expect(scenario.acts.map((each) => [each.do, each.by ?? ""])).toEqual([["start", ""], ["pause", ""], ["resume", "engineer:2"], ["answer", "engineer:2"], ["complete", "engineer:2"]]);
    expect(playScenario(MEASURED, scenario).differences).toEqual([]);
  });

  it("stops where the order stands, and says what is open", () => {
    const scenario = scenarioOf(through(openRun(TOGETHER, MADE_UP), ["left#1", "engineer"]), "half");
    expect(scenario.expect).toEqual({ ended: null, open: ["right"], completed: ["left"] });
    expect(playScenario(TOGETHER, scenario).differences).toEqual([]);
  });

  it("names only facts that are not made up anyway", () => {
    expect(scenarioOf(openRun(MEASURED, MADE_UP), "none").order).toBeUndefined();
    const facts = factsFor({ applies_to: [{ product: "pump/centrifugal/*", faults: ["P-1*"] }] });
    expect(scenarioOf(openRun(MEASURED, facts), "some").order).toEqual({ product: "pump/centrifugal/example", fault_codes: ["P-11"] });
  });

  it("is an edit of the draft that can be undone", () => {
    const template = { format: 1, key: "t", title: { en: "T" }, roles: {}, start: "a", nodes: {} } as Template;
    const editor = new Editor({ template, layout: {} });
    editor.edit((draft) => addScenario(draft, scenarioOf(openRun(MEASURED, MADE_UP), "kept")));
    expect(editor.draft.value.template.scenarios?.map(({ name }) => name)).toEqual(["kept"]);
    editor.undo();
    expect(editor.draft.value.template).toEqual(template);
  });
});

describe("playing a scenario", () => {
  const scenario = (change: Partial<Scenario>): Scenario => ({ name: "n", acts: [{ do: "complete", step: "measure", answers: { runout: { value: 0.01 }, before: "@photo" } }], expect: {}, ...change });

  it("holds when nothing differs", () => {
    expect(playScenario(MEASURED, scenario({ expect: { ended: null, open: ["inspect"], visits: { measure: 1, inspect: 1 } } })).differences).toEqual([]);
  });

  it("names every expectation that did not come true", () => {
    const { differences } = playScenario(MEASURED, scenario({ expect: { ended: "repaired", visits: { measure: 2 } } }));
    expect(differences).toEqual([
      { kind: "unexpected", what: "visits.measure", expected: 2, found: 1 },
      { kind: "unexpected", what: "ended", expected: "repaired", found: null },
    ]);
  });

  it("stops at an act that is refused, and says why", () => {
    const { differences } = playScenario(MEASURED, scenario({ acts: [{ do: "complete", step: "measure", answers: { runout: { value: 9 } } }] }));
    expect(differences).toMatchObject([{ kind: "refused", act: 1, step: "measure", problems: [{ code: "reading.impossible" }, { code: "answer.missing" }] }]);
  });

  it("holds where an act is refused as written", () => {
    const acts: Scenario["acts"] = [{ do: "complete", step: "measure", answers: { runout: { value: 9 } }, refused: ["reading.impossible", "answer.missing"] }];
    expect(playScenario(MEASURED, scenario({ acts })).differences).toEqual([]);
  });

  it("says when a step is not open, and when there is none", () => {
    expect(playScenario(MEASURED, scenario({ acts: [{ do: "start", step: "inspect" }] })).differences).toMatchObject([{ kind: "not_open", open: ["measure"] }]);
    expect(playScenario(MEASURED, scenario({ acts: [{ do: "start", step: "gone" }] })).differences).toMatchObject([{ kind: "unknown_step" }]);
  });
});
