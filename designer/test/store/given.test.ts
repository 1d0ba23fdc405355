import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Given } from "../../src/api/given.ts";
import { Journal } from "../../src/store/journal.ts";
import { Browser, PUMP, retitle, type Tab, titleIn } from "./browser.ts";
import { DraftsServer } from "./drafts_server.ts";

/** What came with the page is as good as an answer, and never better: whoever knows something newer asks. */
let server: DraftsServer;
let browser: Browser;
let tabs: Tab[];
let asked: string[];

beforeEach(async () => {
  [tabs, asked] = [[], []];
  server = new DraftsServer(PUMP);
  server.person = crypto.randomUUID();
  server.fault = (what) => { asked.push(what); return "none"; };
  browser = new Browser(await server.start());
});

afterEach(async () => {
  for (const tab of tabs) { browser.kill(tab); await tab.close(); }
  await server.stop();
  vi.unstubAllGlobals();
});

/** The page as the server makes it now: each answer is good for one question, and there is no token. */
function page(): Given {
  const draft = { revision: server.revision, document: server.draft.template, layout: server.draft.layout, saved_at: "2026-11-23T08:00:00Z", saved_by_name: "Ada", rights: server.rights, latest_version: null, people: [] };
  const answers = new Map<string, unknown>([["/session", { person_id: server.person, csrf_token: "" }], ["/templates/pump/draft", draft]]);
  return (path) => {
    const answer = answers.get(path) ?? null;
    answers.delete(path);
    return answer;
  };
}

async function open(given?: Given): Promise<Tab> {
  const tab = await browser.open(given);
  tabs.push(tab);
  return tab;
}

const draftsAsked = (): number => asked.filter((what) => what === "GET /templates/pump/draft").length;

test("a draft that came with the page is shown without asking for it, and saved like any other", async () => {
  const tab = await open(page());
  expect(asked.filter((what) => what.startsWith("GET"))).toEqual([]);
  retitle(tab, "measure", "Measure the shaft");
  expect(await tab.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Measure the shaft");
  expect(asked.filter((what) => what === "GET /session").length).toBe(1);
});

test("who finds that the page was old brings the newer draft in under what was edited meanwhile", async () => {
  const old = page();
  server.saveAs("Bo", (draft) => ({ ...draft, template: { ...draft.template, title: { en: "Bo's pump" } } }));
  const tab = await open(old);
  retitle(tab, "measure", "Measure the shaft");
  await vi.waitFor(() => { expect(tab.editor.draft.value.template.title["en"]).toBe("Bo's pump"); }, 3_000);
  expect(await tab.saving.saveNow()).toBe(true);
  expect(titleIn(server.draft, "measure")).toBe("Measure the shaft");
  expect(server.draft.template.title["en"]).toBe("Bo's pump");
});

test("a page that is older than what this computer knows is not believed", async () => {
  const old = page();
  const first = await open();
  retitle(first, "isolate", "Isolate and lock");
  await first.saving.saveNow();
  retitle(first, "measure", "Typed at the last moment");
  await vi.waitFor(() => { expect(first.saving.isAtRisk).toBe(false); });
  browser.kill(first);
  expect((await new Journal(server.person).of("pump"))[0]?.revision).toBe(2);
  const before = draftsAsked();
  const second = await open(old);
  expect(draftsAsked()).toBe(before + 1);
  expect(titleIn(second.editor.draft.value, "isolate")).toBe("Isolate and lock");
  expect(titleIn(second.editor.draft.value, "measure")).toBe("Typed at the last moment");
});

test("somebody else who has signed in since the page was made saves nothing in a wrong name", async () => {
  const mine = page();
  server.person = crypto.randomUUID();
  const tab = await open(mine);
  retitle(tab, "measure", "In whose name?");
  expect(await tab.saving.saveNow()).toBe(false);
  expect(tab.state.value).toMatchObject({ kind: "kept", why: "signed_out" });
  expect(server.revision).toBe(1);
});
