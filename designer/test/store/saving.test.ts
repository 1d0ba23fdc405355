import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { same } from "../../src/model/merge/index.ts";
import { Journal } from "../../src/store/journal.ts";
import { Browser, PUMP, retitle, type Tab, titleIn } from "./browser.ts";
import { DraftsServer } from "./drafts_server.ts";

let server: DraftsServer;
let browser: Browser;
let tabs: Tab[];

beforeEach(async () => {
  tabs = [];
  server = new DraftsServer(PUMP);
  server.person = crypto.randomUUID(); // each test has its own computer
  browser = new Browser(await server.start());
});

afterEach(async () => {
  for (const tab of tabs) { browser.kill(tab); await tab.close(); }
  await server.stop();
  vi.unstubAllGlobals();
});

async function open(): Promise<Tab> {
  const tab = await browser.open();
  tabs.push(tab);
  return tab;
}

const rows = async (): Promise<number> => (await new Journal(server.person).of("pump")).length;

test("an edit is on this computer at once and on the server soon, and only then called saved", async () => {
  const tab = await open();
  expect(tab.state.value.kind).toBe("saved");
  retitle(tab, "measure", "Measure the shaft");
  expect(tab.state.value.kind).toBe("saving");
  expect(tab.saving.isAtRisk).toBe(true);
  await vi.waitFor(() => { expect(tab.saving.isAtRisk).toBe(false); });
  expect(await rows()).toBe(1);
  expect(server.revision).toBe(1);
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("saved"); }, 3_000);
  expect(titleIn(server.draft, "measure")).toBe("Measure the shaft");
  await vi.waitFor(async () => { expect(await rows()).toBe(0); });
});

test("a save whose answer was lost is stored once, and what was typed meanwhile is no conflict with it", async () => {
  const tab = await open();
  retitle(tab, "measure", "M");
  server.fault = (what) => (what === "PUT /templates/pump/draft" ? "after" : "none");
  await tab.saving.saveNow();
  expect(tab.state.value).toMatchObject({ kind: "kept", why: "offline" });
  retitle(tab, "measure", "Meas");
  server.fault = () => "none";
  server.saveAs("Bo", (draft) => ({ ...draft, template: { ...draft.template, title: { en: "Bo's pump" } } }));
  expect(await tab.saving.saveNow()).toBe(true);
  expect(tab.saving.question.value).toBeNull();
  expect(titleIn(server.draft, "measure")).toBe("Meas");
  expect(server.draft.template.title["en"]).toBe("Bo's pump");
  expect(server.revisions.filter(({ draft }) => titleIn(draft, "measure") === "M" && draft.template.title["en"] === "Pump").length).toBe(1);
});

test("edits of different elements both stay, whoever saves first", async () => {
  const [one, other] = [await open(), await open()];
  retitle(one, "isolate", "Lock out");
  retitle(other, "measure", "Measure twice");
  await one.saving.saveNow();
  await other.saving.saveNow();
  one.saving.heard(server.revision);
  await vi.waitFor(() => { expect(titleIn(one.editor.draft.value, "measure")).toBe("Measure twice"); });
  expect(same(one.editor.draft.value, other.editor.draft.value)).toBe(true);
  expect(one.state.value.kind).toBe("saved");
});

test("the same edited differently is asked, and what is chosen is saved", async () => {
  const tab = await open();
  retitle(tab, "measure", "Mine");
  server.saveAs("Bo", (draft) => retitled(draft, "Theirs"));
  expect(await tab.saving.saveNow()).toBe(false);
  expect(tab.state.value.kind).toBe("conflict");
  const [conflict] = tab.saving.question.value!.conflicts;
  expect(conflict).toMatchObject({ pointer: "/nodes/measure/title/en", base: "Measure", mine: "Mine", theirs: "Theirs" });
  expect(tab.saving.question.value).toMatchObject({ by: "Bo", why: "saved", count: 1 });
  expect(titleIn(tab.editor.draft.value, "measure")).toBe("Mine");
  tab.saving.choose(conflict!, "mine");
  expect(await tab.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Mine");
});

test("choosing theirs takes it over; undo then brings back nothing of mine that was given up", async () => {
  const tab = await open();
  retitle(tab, "isolate", "Lock out");
  retitle(tab, "measure", "Mine");
  server.saveAs("Bo", (draft) => retitled(draft, "Theirs"));
  await tab.saving.saveNow();
  tab.saving.choose(tab.saving.question.value!.conflicts, "theirs");
  expect(await tab.saving.saveNow()).toBe(true);
  expect([titleIn(server.draft, "measure"), titleIn(server.draft, "isolate")]).toEqual(["Theirs", "Lock out"]);
  tab.editor.undo();
  expect(tab.editor.dropped.value).toMatchObject({ what: "undo" });
  tab.editor.undo();
  expect([titleIn(tab.editor.draft.value, "measure"), titleIn(tab.editor.draft.value, "isolate")]).toEqual(["Theirs", "Isolate"]);
});

test("while somebody is asked, others may save more: choices that are still about the same stand", async () => {
  const tab = await open();
  retitle(tab, "measure", "Mine");
  retitle(tab, "isolate", "My lock");
  server.saveAs("Bo", (draft) => retitled(retitled(draft, "Theirs"), "Their lock", "isolate"));
  await tab.saving.saveNow();
  expect(tab.saving.question.value!.conflicts.length).toBe(2);
  tab.saving.choose(tab.saving.question.value!.conflicts.find(({ mine }) => mine === "Mine")!, "mine");
  server.saveAs("Bo", (draft) => ({ ...draft, template: { ...draft.template, title: { en: "Bo's pump" } } }));
  tab.saving.heard(server.revision);
  await vi.waitFor(() => { expect(tab.saving.question.value!.merge.merged.template.title["en"]).toBe("Bo's pump"); });
  expect(tab.saving.question.value!.conflicts.map(({ mine }) => mine)).toEqual(["My lock"]);
  tab.saving.choose(tab.saving.question.value!.conflicts, "theirs");
  expect(await tab.saving.saveNow()).toBe(true);
  expect([titleIn(server.draft, "measure"), titleIn(server.draft, "isolate"), server.draft.template.title["en"]]).toEqual(["Mine", "Their lock", "Bo's pump"]);
});

test("a question that typing has answered is asked no more", async () => {
  const tab = await open();
  retitle(tab, "measure", "Mine");
  server.saveAs("Bo", (draft) => retitled(draft, "Theirs"));
  await tab.saving.saveNow();
  expect(tab.state.value.kind).toBe("conflict");
  retitle(tab, "measure", "Theirs");
  await vi.waitFor(() => { expect(tab.saving.question.value).toBeNull(); });
  expect(await tab.saving.saveNow()).toBe(true);
});

test("when theirs is chosen over what was kept, saving goes on", async () => {
  const first = await open();
  first.client.isCut = true;
  retitle(first, "measure", "Kept");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  browser.kill(first);
  server.saveAs("Bo", (draft) => retitled(draft, "Saved"));
  const again = await open();
  server.saveAs("Bo", (draft) => retitled(draft, "Lock", "isolate"));
  again.saving.heard(server.revision);
  again.saving.choose(again.saving.question.value!.conflicts, "theirs");
  await vi.waitFor(() => { expect(again.saving.revision).toBe(3); });
  expect(again.state.value.kind).toBe("saved");
  await vi.waitFor(async () => { expect(await rows()).toBe(0); });
});

test("without a network everything is kept on this computer, and sent when it is back", async () => {
  const tab = await open();
  tab.client.isCut = true;
  retitle(tab, "measure", "In the basement");
  await tab.saving.saveNow();
  expect(tab.state.value).toMatchObject({ kind: "kept", why: "offline" });
  retitle(tab, "measure", "In the deep basement");
  expect(tab.state.value.kind).toBe("saving");
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("kept"); });
  tab.client.isCut = false;
  browser.page.dispatchEvent(new Event("online"));
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("saved"); });
  expect(titleIn(server.draft, "measure")).toBe("In the deep basement");
});

test("who is signed out loses nothing, and goes on when signed in again", async () => {
  const tab = await open();
  server.isSignedOut = true;
  retitle(tab, "measure", "Late in the evening");
  await tab.saving.saveNow();
  expect(tab.state.value).toMatchObject({ kind: "kept", why: "signed_out" });
  server.isSignedOut = false;
  browser.page.dispatchEvent(new Event("focus"));
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("saved"); });
});

test("what the server does not take is kept, told why, and tried again after the next edit", async () => {
  const tab = await open();
  server.refuse = { status: 413, code: "request.too_large" };
  retitle(tab, "measure", "Far too long");
  await tab.saving.saveNow();
  expect(tab.state.value).toMatchObject({ kind: "kept", why: "refused" });
  expect(tab.saving.refusal.value).toEqual({ status: 413, code: "request.too_large" });
  server.refuse = null;
  retitle(tab, "measure", "Short");
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("saved"); }, 4_000);
  expect(tab.saving.refusal.value).toBeNull();
});

test("a right that is taken away takes no work away", async () => {
  const tab = await open();
  server.rights = ["view"];
  retitle(tab, "measure", "Too late");
  await tab.saving.saveNow();
  expect(tab.state.value).toMatchObject({ kind: "kept", why: "refused" });
  expect(tab.rights.value).toEqual(["view"]);
  server.rights = ["view", "edit"];
  expect(await tab.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Too late");
});

test("what a killed tab had kept is brought in when the template is opened again, said, and can be undone", async () => {
  const first = await open();
  first.client.isCut = true;
  retitle(first, "measure", "Before the crash");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  browser.kill(first);
  server.saveAs("Bo", (draft) => retitled(draft, "Bo's", "isolate"));
  const again = await open();
  expect([titleIn(again.editor.draft.value, "measure"), titleIn(again.editor.draft.value, "isolate")]).toEqual(["Before the crash", "Bo's"]);
  expect(again.saving.news.value).toMatchObject({ word: "store.brought_in" });
  expect(await again.saving.saveNow()).toBe(true);
  await vi.waitFor(async () => { expect(await rows()).toBe(0); });
  again.editor.undo();
  expect([titleIn(again.editor.draft.value, "measure"), titleIn(again.editor.draft.value, "isolate")]).toEqual(["Measure", "Bo's"]);
});

test("what a killed tab had sent without hearing the answer is not brought in twice, though others went on from it", async () => {
  const first = await open();
  retitle(first, "measure", "Sent");
  server.fault = (what) => (what === "PUT /templates/pump/draft" ? "after" : "none");
  await first.saving.saveNow();
  browser.kill(first);
  server.fault = () => "none";
  server.saveAs("Bo", (draft) => retitled(draft, "Bo changed it back to his"));
  const again = await open();
  expect(titleIn(again.editor.draft.value, "measure")).toBe("Bo changed it back to his");
  expect([again.saving.news.value, again.saving.question.value]).toEqual([null, null]);
});

test("what was kept and contradicts what was saved since is asked", async () => {
  const first = await open();
  first.client.isCut = true;
  retitle(first, "measure", "Kept");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  browser.kill(first);
  server.saveAs("Bo", (draft) => retitled(draft, "Saved"));
  const again = await open();
  expect(again.saving.question.value).toMatchObject({ why: "kept", count: 1 });
  expect(again.state.value.kind).toBe("conflict");
  again.saving.choose(again.saving.question.value!.conflicts, "mine");
  expect(await again.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Kept");
  await vi.waitFor(async () => { expect(await rows()).toBe(0); });
});

test("a tab that lives keeps its own edits to itself", async () => {
  const first = await open();
  first.client.isCut = true;
  retitle(first, "measure", "Mine alone");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  const second = await open();
  expect(titleIn(second.editor.draft.value, "measure")).toBe("Measure");
  expect(await rows()).toBe(1);
});

test("a tab that is closed leaves nothing behind", async () => {
  const tab = await open();
  retitle(tab, "measure", "Last words");
  await tab.close();
  expect(titleIn(server.draft, "measure")).toBe("Last words");
  expect(await rows()).toBe(0);
  await vi.waitFor(() => { expect(server.present.size).toBe(0); });
});

test("a page that goes sends what it still has", async () => {
  const tab = await open();
  retitle(tab, "isolate", "First");
  await tab.saving.saveNow();
  retitle(tab, "measure", "On the way out");
  browser.page.dispatchEvent(new Event("pagehide"));
  await vi.waitFor(() => { expect(titleIn(server.draft, "measure")).toBe("On the way out"); });
  retitle(tab, "measure", "Back again");
  expect(await tab.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Back again");
});

test("nobody saves in the name of another", async () => {
  const tab = await open();
  retitle(tab, "measure", "Ada's");
  await tab.saving.saveNow();
  server.person = "bo";
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("saved"); });
  retitle(tab, "measure", "Ada's too");
  browser.page.dispatchEvent(new Event("online"));
  await vi.waitFor(() => { expect(tab.state.value).toMatchObject({ kind: "kept", why: "signed_out" }); });
});

function retitled(draft: typeof PUMP, text: string, node = "measure"): typeof PUMP {
  const old = draft.template.nodes[node]!;
  return { ...draft, template: { ...draft.template, nodes: { ...draft.template.nodes, [node]: { ...old, title: { en: text } } } } };
}
