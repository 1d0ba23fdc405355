import { describe, expect, it } from "vitest";
import type { Answers } from "@mendloop/engine";
import { MADE_UP } from "../../src/preview/scratch/facts.ts";
import { fillVisit, finishVisit } from "../../src/preview/scratch/forward.ts";
import { placedAt } from "../../src/preview/scratch/placed.ts";
import { act, type Asked, historyOf, openRun, playAgain, type Run, standing, stepBack, stepForward } from "../../src/preview/scratch/run.ts";
import { trackOf } from "../../src/preview/scratch/track.ts";
import { visitFor, whoseTurn } from "../../src/preview/scratch/turn.ts";
import { LOCKED, MEASURED, TOGETHER } from "./plan.ts";

const asked = (type: Asked["type"], visit: string, by = "engineer", more: Asked["payload"] = {}, minutes = 0): Asked => ({ type, payload: { visit, ...more }, by, minutes });

/** Does all of it, and expects that nothing stands against any. */
export function after(run: Run, ...acts: readonly Asked[]): Run {
  return acts.reduce((before, next) => {
    const { run: now, problems } = act(before, next);
    expect(problems).toEqual([]);
    return now;
  }, run);
}

const finish = (run: Run, visit: string, by: string, typed: Answers = {}): Run => {
  const { run: now, problems } = finishVisit(run, visit, by, typed, "en");
  expect(problems).toEqual([]);
  return now;
};

describe("an order that exists only in the preview", () => {
  it("begins at the template's start, at the time at which scenarios begin", () => {
    const { state, at } = standing(openRun(MEASURED, MADE_UP));
    expect([Object.keys(state.active), at]).toEqual([["measure#1"], "2026-01-05T08:00:00.000Z"]);
  });

  it("takes typing into one visit as one act", () => {
    const typing = [0.01, 0.012, 0.02].map((value) => asked("RecordAnswers", "measure#1", "engineer", { answers: { runout: { value } } }));
    const run = after(openRun(MEASURED, MADE_UP), asked("StartStep", "measure#1"), ...typing);
    expect(run.done.map(({ type }) => type)).toEqual(["StartStep", "RecordAnswers"]);
    expect(historyOf(standing(run)).draft("measure#1")).toMatchObject({ runout: { value: 0.02 } });
  });

  it("goes back to exactly what it was, and forward again to exactly what it became", () => {
    const begun = after(openRun(MEASURED, MADE_UP), asked("StartStep", "measure#1"));
    const done = finish(begun, "measure#1", "engineer");
    let run = done;
    while (run.done.length > 1) run = stepBack(run);
    expect(standing(run)).toEqual(standing(begun));
    while (run.undone.length > 0) run = stepForward(run);
    expect(standing(run)).toEqual(standing(done));
    expect(standing(stepBack(openRun(MEASURED, MADE_UP))).events).toHaveLength(2);
  });

  it("forgets what was taken back once something else is done", () => {
    const run = stepBack(finish(openRun(MEASURED, MADE_UP), "measure#1", "engineer"));
    expect(run.undone).toHaveLength(1);
    expect(after(run, asked("PauseStep", "measure#1", "engineer", { reason: "meal" })).undone).toEqual([]);
  });

  it("stays as it was when an act is refused", () => {
    const run = openRun(MEASURED, MADE_UP);
    const tried = act(run, asked("StartStep", "measure#1", "inspector"));
    expect(tried.problems.map(({ code }) => code)).toEqual(["role.missing"]);
    expect(tried.run).toBe(run);
  });

  it("is done again on a changed plan as far as it holds, and says where it stops", () => {
    const run = finish(finish(openRun(MEASURED, MADE_UP), "measure#1", "engineer"), "inspect#1", "inspector");
    expect(playAgain(run, MEASURED, MADE_UP).halt).toBeNull();
    const { run: shorter, halt } = playAgain(run, LOCKED, MADE_UP);
    expect(halt?.number).toBe(1);
    expect(shorter.done).toEqual([]);
  });

  it("lets the time of a step go by when it is finished", () => {
    const run = finish(openRun(MEASURED, MADE_UP), "measure#1", "engineer");
    expect(standing(run).at).toBe("2026-01-05T08:10:00.000Z");
  });
});

describe("whose turn it is", () => {
  it("is the same person's while there is something to do, then another's", () => {
    const run = openRun(MEASURED, MADE_UP);
    expect(whoseTurn(MEASURED, standing(run), "engineer:2")?.id).toBe("engineer:2");
    const inspecting = finish(run, "measure#1", "engineer:2");
    expect(whoseTurn(MEASURED, standing(inspecting), "engineer:2")).toMatchObject({ id: "inspector", name: "Cy" });
    expect(visitFor(MEASURED, standing(inspecting), "engineer")).toBeNull();
  });

  it("is nobody's at the end", () => {
    const run = finish(finish(openRun(MEASURED, MADE_UP), "measure#1", "engineer"), "inspect#1", "inspector");
    expect([standing(run).state.outcome, whoseTurn(MEASURED, standing(run), "engineer")]).toEqual(["repaired", null]);
  });
});

describe("filling in what is needed", () => {
  it("takes the norm of a reading and the least number of photos, and keeps what was typed", () => {
    const { run, problems } = fillVisit(openRun(MEASURED, MADE_UP), "measure#1", "engineer", { runout: { value: 0.04 } }, "en");
    expect(problems).toEqual([]);
    const draft = historyOf(standing(run)).draft("measure#1");
    expect(draft["runout"]).toMatchObject({ value: 0.04, in_tolerance: true });
    expect((draft["before"] as Record<string, readonly unknown[]>)["front"]).toHaveLength(1);
  });

  it("locks a gate, has a second person confirm, and later takes the locks off", () => {
    const run = finish(finish(openRun(LOCKED, MADE_UP), "isolate#1", "engineer"), "restore#1", "engineer");
    expect(run.done.map(({ type, by }) => [type, by]).filter(([type]) => type === "ConfirmLocks")).toEqual([["ConfirmLocks", "engineer:2"]]);
    expect([standing(run).state.outcome, Object.keys(standing(run).state.locks)]).toEqual(["repaired", []]);
  });
});

describe("where the order is on the flow", () => {
  it("names the routes through choices, the reworked one too", () => {
    const again = finish(finish(openRun(MEASURED, MADE_UP), "measure#1", "engineer"), "inspect#1", "inspector", { verdict: "rejected" });
    expect(trackOf(MEASURED, standing(again))).toEqual({ open: ["measure"], done: ["inspect"], routes: ["measure 0", "inspect 0"] });
    const ended = finish(finish(again, "measure#2", "engineer"), "inspect#2", "inspector");
    expect(trackOf(MEASURED, standing(ended))).toEqual({ open: [], done: ["measure", "inspect", "which", "done"], routes: ["measure 0", "inspect 0", "inspect 1", "which 1"] });
  });

  it("shows both branches, then the join", () => {
    const begun = openRun(TOGETHER, MADE_UP);
    expect(trackOf(TOGETHER, standing(begun))).toEqual({ open: ["left", "right"], done: ["split"], routes: ["split 0", "split 1"] });
    const ended = finish(finish(begun, "left#1", "engineer"), "right#1", "inspector");
    expect(new Set(trackOf(TOGETHER, standing(ended)).routes)).toEqual(new Set(["split 0", "split 1", "left 0", "right 0", "meet 0"]));
    expect(trackOf(TOGETHER, standing(ended)).done).toContain("meet");
  });
});

describe("an order placed at a step", () => {
  it("runs for who may do the step, and waits for anybody else", () => {
    const mine = standing(placedAt(MEASURED, "inspect", MADE_UP, "inspector", true, {}));
    expect(mine.state.active["inspect#1"]).toMatchObject({ status: "running", by: "inspector" });
    const theirs = standing(placedAt(MEASURED, "inspect", MADE_UP, "engineer", false, {}));
    expect(theirs.state.active["inspect#1"]).toMatchObject({ status: "ready", by: null });
  });

  it("keeps what was typed into it, and takes what was typed into others as done before", () => {
    const typed = { measure: { runout: { value: 0.2 } }, inspect: { verdict: "rejected", gone: 1 } };
    const run = placedAt(MEASURED, "inspect", MADE_UP, "inspector", true, typed);
    expect(historyOf(standing(run)).latest("measure")?.answers).toEqual({ runout: { value: 0.2 } });
    expect(historyOf(standing(run)).draft("inspect#1")).toEqual({ verdict: "rejected" });
  });
});
