import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Draft } from "../../src/model/index.ts";
import { Chance } from "../merge/random.ts";
import { Browser, PUMP, retitle, type Tab, titleIn } from "./browser.ts";
import { DraftsServer, type Fault } from "./drafts_server.ts";
import { Journal, type Kept } from "../../src/store/journal.ts";

const KILLS = 10;
const NODES = ["isolate", "measure", "done"];

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

const titles = (draft: Draft): readonly (string | undefined)[] => NODES.map((node) => titleIn(draft, node));

/** What a tab has shown as safe, last. */
function safeIn(tab: Tab): () => readonly (string | undefined)[] {
  let shown = titles(tab.editor.draft.peek());
  tab.state.subscribe(({ kind }) => { if (kind === "saved" || kind === "kept") shown = titles(tab.editor.draft.peek()); });
  return () => shown;
}

test("killed at ten random moments, with a server that fails, everything that was shown as safe is there again", async () => {
  const chance = new Chance(7);
  server.fault = (what) => (what.startsWith("PUT") && what.endsWith("/draft") ? chance.one(["none", "none", "before", "after", "busy"] as readonly Fault[]) ?? "none" : "none");
  for (let kill = 0; kill < KILLS; kill += 1) {
    const tab = await browser.open();
    expect(tab.saving.question.value).toBeNull();
    const safe = safeIn(tab);
    let latest = titles(tab.editor.draft.peek());
    for (let edit = chance.below(6); edit >= 0; edit -= 1) {
      retitle(tab, chance.one(NODES) ?? "", chance.word());
      latest = titles(tab.editor.draft.peek());
      if (chance.is(0.4)) void tab.saving.saveNow();
      if (chance.is(0.7)) await new Promise((resolve) => { setTimeout(resolve, chance.below(15)); });
    }
    const shown = safe();
    browser.kill(tab);
    const again = await browser.open();
    const found = titles(again.editor.draft.peek());
    NODES.forEach((_, index) => { expect([shown[index], latest[index]]).toContain(found[index]); });
    browser.kill(again);
  }
}, 20_000);

test("what is kept here is opened while the server's draft cannot be fetched, and saved when it can", async () => {
  const first = await browser.open();
  first.client.isCut = true;
  retitle(first, "measure", "Kept");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  browser.kill(first);
  server.fault = (what) => (what.endsWith("/draft") ? "busy" : "none");
  const again = await browser.open();
  expect(titleIn(again.editor.draft.value, "measure")).toBe("Kept");
  server.fault = () => "none";
  server.saveAs("Bo", (draft) => draft);
  expect(await again.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Kept");
  await again.close();
});

/** The disk as it was when the page went: what it wrote last did not get there. */
async function writtenOnly(tab: Tab, rows: readonly Kept[]): Promise<void> {
  const journal = new Journal(server.person);
  for (const row of rows) await journal.keep(row, true, []);
  journal.close();
  browser.kill(tab);
}

async function halfWritten(tab: Tab): Promise<readonly Kept[]> {
  retitle(tab, "measure", "Re");
  await vi.waitFor(() => { expect(tab.saving.isAtRisk).toBe(false); });
  const journal = new Journal(server.person);
  const rows = await journal.of("pump");
  journal.close();
  expect(rows).toHaveLength(1);
  retitle(tab, "measure", "Reloaded while typing");
  return rows;
}

test("what a tab sent off while it went is newer than what it had written down", async () => {
  const first = await browser.open();
  const rows = await halfWritten(first);
  browser.page.dispatchEvent(new Event("pagehide"));
  await vi.waitFor(() => { expect(titleIn(server.draft, "measure")).toBe("Reloaded while typing"); });
  await writtenOnly(first, rows);
  const again = await browser.open();
  expect(again.saving.question.value).toBeNull();
  expect(titleIn(again.editor.draft.value, "measure")).toBe("Reloaded while typing");
  await again.close();
});

test("what a tab sent off while it went may arrive after what it had written down was brought in", async () => {
  const first = await browser.open();
  const rows = await halfWritten(first);
  const late = first.editor.draft.peek();
  await writtenOnly(first, rows);
  const again = await browser.open();
  expect(titleIn(again.editor.draft.value, "measure")).toBe("Re");
  retitle(again, "done", "Given back");
  server.revisions.push({ draft: late, session: first.session, by: "Ada" });
  expect(await again.saving.saveNow()).toBe(true);
  expect(again.saving.question.value).toBeNull();
  expect(titles(server.draft)).toEqual(["Isolate", "Reloaded while typing", "Given back"]);
  await again.close();
});
