import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lives } from "../../src/store/lives.ts";
import { Timing } from "../../src/store/timing.ts";
import { Browser, PUMP, retitle, type Tab, titleIn } from "./browser.ts";
import { DraftsServer } from "./drafts_server.ts";

let server: DraftsServer;
let browser: Browser;

beforeEach(async () => {
  server = new DraftsServer(PUMP);
  server.person = crypto.randomUUID();
  browser = new Browser(await server.start());
});

afterEach(async () => {
  await server.stop();
  vi.unstubAllGlobals();
});

async function closed(...tabs: readonly Tab[]): Promise<void> {
  for (const tab of tabs) await tab.close();
}

test("what one tab saves is in the other at once, live", async () => {
  const [one, other] = [await browser.open(), await browser.open()];
  retitle(one, "measure", "Live");
  await one.saving.saveNow();
  await vi.waitFor(() => { expect(titleIn(other.editor.draft.value, "measure")).toBe("Live"); });
  expect(other.editor.undoable.value).toBeNull();
  await closed(one, other);
});

test("oneself in another tab is nobody else", async () => {
  const [one, other] = [await browser.open(), await browser.open()];
  await vi.waitFor(() => { expect(server.present.size).toBe(2); });
  browser.page.dispatchEvent(new Event("online"));
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  expect([one.people.value, other.people.value]).toEqual([[], []]);
  await closed(one);
  await closed(other);
});

test("each sees that the other is there, and that they have left", async () => {
  const one = await browser.open();
  server.others.add(server.person);
  server.person = crypto.randomUUID();
  const other = await browser.open();
  await vi.waitFor(() => { expect(other.people.value.map(({ session }) => session)).toEqual([one.session]); });
  one.editor.selection.value = { kind: "nodes", nodes: ["measure"] };
  browser.page.dispatchEvent(new Event("online"));
  await vi.waitFor(() => { expect(one.people.value.map(({ session }) => session)).toEqual([other.session]); });
  expect(server.present.get(one.session)).toEqual({ kind: "nodes", nodes: ["measure"] });
  await closed(one);
  browser.page.dispatchEvent(new Event("online"));
  await vi.waitFor(() => { expect(other.people.value).toEqual([]); });
  await closed(other);
});

test("what neither the server nor this computer takes is called unkept, and leaving is guarded", async () => {
  const tab = await browser.open();
  const leave = (): boolean => browser.page.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(leave()).toBe(true);
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => { throw new DOMException("full", "QuotaExceededError"); });
  tab.client.isCut = true;
  retitle(tab, "measure", "Nowhere");
  await tab.saving.saveNow();
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("unkept"); });
  expect(leave()).toBe(false);
  vi.restoreAllMocks();
  retitle(tab, "measure", "There is room again");
  await vi.waitFor(() => { expect(tab.state.value.kind).toBe("kept"); });
  expect(leave()).toBe(true);
  browser.kill(tab);
  await closed(tab);
});

test("a window without storage still saves on the server", async () => {
  const tab = await browser.open();
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => { throw new DOMException("none", "UnknownError"); });
  retitle(tab, "measure", "Straight through");
  expect(await tab.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Straight through");
  vi.restoreAllMocks();
  await closed(tab);
});

test("many who save at once are all heard", async () => {
  const tabs = [await browser.open(), await browser.open(), await browser.open(), await browser.open()];
  const nodes = ["isolate", "measure", "done"];
  tabs.forEach((tab, index) => { if (index < 3) retitle(tab, nodes[index] ?? "", `Tab ${index}`); });
  await Promise.all(tabs.map(async (tab) => await tab.saving.saveNow()));
  await vi.waitFor(() => { for (const tab of tabs) expect(nodes.map((node) => titleIn(tab.editor.draft.value, node))).toEqual(["Tab 0", "Tab 1", "Tab 2"]); }, 8_000);
  await closed(...tabs);
}, 15_000);

test("what a dead tab kept goes to one of those who open next, not to two", async () => {
  const first = await browser.open();
  first.client.isCut = true;
  retitle(first, "measure", "Kept once");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  browser.kill(first);
  const both = await Promise.all([browser.open(), browser.open()]);
  expect(both.filter(({ saving }) => saving.news.value !== null).length).toBe(1);
  for (const tab of both) await tab.saving.saveNow();
  await vi.waitFor(() => { for (const tab of both) expect(titleIn(tab.editor.draft.value, "measure")).toBe("Kept once"); }, 6_000);
  await closed(...both);
}, 15_000);

test("without locks, a tab that lives says so", async () => {
  const [here, there] = [new Lives("ada", null), new Lives("ada", null)];
  const release = await here.hold("tab");
  expect(release).not.toBeNull();
  expect(await there.hold("tab")).toBeNull();
  release?.();
  expect(await there.hold("tab")).not.toBeNull();
  here.close();
  there.close();
});

test("it saves 1.5 s after the last edit, and 6 s after the first at the latest", () => {
  vi.useFakeTimers();
  const at: number[] = [];
  const begin = performance.now();
  const timing = new Timing(() => { at.push(performance.now() - begin); timing.answered(); });
  timing.edited();
  vi.advanceTimersByTime(1_000);
  timing.edited();
  vi.advanceTimersByTime(10_000);
  expect(at).toEqual([2_500]);
  const again = performance.now();
  for (let edits = 0; edits < 8; edits += 1) { timing.edited(); vi.advanceTimersByTime(1_000); }
  expect(at[1]! + begin - again).toBe(6_000);
  timing.stop();
  vi.useRealTimers();
});

test("it tries again after 2 s, then later each time, a minute at most", () => {
  vi.useFakeTimers();
  const waits: number[] = [];
  let last = performance.now();
  const timing = new Timing(() => { waits.push(performance.now() - last); last = performance.now(); timing.failed(); }, () => 1);
  timing.failed();
  vi.advanceTimersByTime(400_000);
  expect(waits.slice(0, 7)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  timing.stop();
  vi.useRealTimers();
});
