import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addField } from "../../src/model/edits/fields.ts";
import { addNode, moveNodes } from "../../src/model/edits/nodes.ts";
import { command } from "../../src/model/command.ts";
import { same } from "../../src/model/merge/index.ts";
import { Chance } from "../merge/random.ts";
import { Browser, PUMP, retitle, type Tab } from "./browser.ts";
import { DraftsServer, type Fault } from "./drafts_server.ts";

const ROUNDS = 60;

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

/** A designer at work: remembers what was entered, and what was given up by choosing. */
class Designer {
  readonly entered = new Set<string>();
  readonly givenUp = new Set<string>();
  conflicts = 0;

  constructor(readonly name: string, readonly tab: Tab, readonly chance: Chance) {
    tab.saving.state.subscribe(({ kind }) => {
      if (kind === "saved") expect(server.revisions.some(({ draft }) => same(draft, tab.editor.draft.peek()))).toBe(true);
    });
  }

  act(): void {
    const { editor } = this.tab;
    const word = this.chance.word();
    const nodes = Object.keys(editor.draft.peek().template.nodes);
    const node = this.chance.one(nodes.filter((name) => name !== "done")) ?? "";
    switch (this.chance.below(6)) {
      case 0: this.#enter(word); editor.edit((draft) => titled(draft, addNode(draft, "step", { onEdge: { from: node, index: 0 } }), word)); break;
      case 1: this.#enter(word); editor.edit((draft) => labelled(draft, node, word)); break;
      case 2: this.#retitle(node, word); break;
      case 3: editor.edit((draft) => moveNodes(draft, { [node]: { x: this.chance.below(900), y: this.chance.below(900) } })); break;
      case 4: this.#retitle("measure", word); break;
      default: editor.edit((draft) => command(draft, { key: "edit.change_node" }, ({ template }) => {
        const step = template.nodes[node];
        if (step?.kind === "step") step.standard_minutes = this.chance.below(99);
      }));
    }
  }

  async sync(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      this.tab.saving.heard(server.revision);
      this.choose();
      if (await this.tab.saving.saveNow() && this.tab.saving.revision === server.revision) return;
    }
  }

  choose(): void {
    for (let question = this.tab.saving.question.peek(); question !== null; question = this.tab.saving.question.peek()) {
      const [conflict] = question.conflicts;
      if (conflict === undefined) return;
      this.conflicts += 1;
      const side = this.chance.is(0.5) ? "mine" : "theirs";
      for (const word of wordsIn(side === "mine" ? conflict.theirs : conflict.mine)) this.givenUp.add(word);
      this.tab.saving.choose(conflict, side);
    }
  }

  #enter(word: string): void { this.entered.add(word); }

  /** What somebody types over is given up by them. */
  #retitle(node: string, word: string): void {
    for (const old of wordsIn(this.tab.editor.draft.peek().template.nodes[node]?.title)) this.givenUp.add(old);
    this.#enter(word);
    retitle(this.tab, node, word);
  }
}

function wordsIn(value: unknown): readonly string[] {
  return (JSON.stringify(value) as string | undefined ?? "").match(/(?:ada|bo)-\d+-\d+/g) ?? [];
}

type Added = NonNullable<ReturnType<typeof addField>>;

function titled(draft: typeof PUMP, { command: add, id }: Added, word: string): ReturnType<typeof command> {
  const after = add.apply(draft);
  return command(draft, add.label, (next) => {
    next.template = structuredClone(after.template) as typeof next.template;
    next.template.nodes[id]!.title = { en: word };
  });
}

function labelled(draft: typeof PUMP, node: string, word: string): ReturnType<typeof command> {
  const added = addField(draft, node, "number");
  if (added === null) return null;
  const after = added.command.apply(draft);
  return command(draft, added.command.label, (next) => {
    next.template = structuredClone(after.template) as typeof next.template;
    const step = next.template.nodes[node];
    const field = step?.kind === "step" ? step.fields?.find(({ id }) => id === added.id) : undefined;
    if (field !== undefined) field.label = { en: word };
  });
}

async function work(seed: number, fault: (chance: Chance) => Fault): Promise<readonly [Designer, Designer]> {
  const chance = new Chance(seed);
  const designers = [new Designer("ada", await browser.open(), new Chance(seed + 1, "ada")), new Designer("bo", await browser.open(), new Chance(seed + 2, "bo"))] as const;
  server.fault = (what) => (what.endsWith("/draft") ? fault(chance) : "none");
  for (let round = 0; round < ROUNDS; round += 1) {
    const designer = chance.one(designers)!;
    designer.act();
    designer.choose();
    if (chance.is(0.3)) void designer.tab.saving.saveNow();
    if (chance.is(0.3)) designer.tab.saving.heard(server.revision);
    if (chance.is(0.5)) await new Promise((resolve) => { setTimeout(resolve, chance.below(12)); });
  }
  server.fault = () => "none";
  for (let round = 0; round < 3; round += 1) for (const designer of designers) await designer.sync();
  return designers;
}

function bothHaveAll([ada, bo]: readonly [Designer, Designer]): void {
  expect(same(ada.tab.editor.draft.value, bo.tab.editor.draft.value)).toBe(true);
  expect(same(ada.tab.editor.draft.value, server.draft)).toBe(true);
  expect([ada.tab.state.value.kind, bo.tab.state.value.kind]).toEqual(["saved", "saved"]);
  const there = new Set(wordsIn(server.draft));
  const givenUp = new Set([...ada.givenUp, ...bo.givenUp]);
  const lost = [...ada.entered, ...bo.entered].filter((word) => !there.has(word) && !givenUp.has(word));
  expect(lost).toEqual([]);
  expect(there.size).toBeGreaterThan(5);
}

test.each([1, 2, 3, 4])("two who edit one draft at random end with the same, and nothing is lost (%i)", async (seed) => {
  const designers = await work(seed, () => "none");
  bothHaveAll(designers);
  for (const { tab } of designers) await tab.close();
}, 20_000);

test.each([11, 12, 13, 14])("the same while the server fails at half of what it is asked, before and after it has stored (%i)", async (seed) => {
  const designers = await work(seed, (chance) => chance.one(["none", "none", "none", "before", "after", "busy"] as const) ?? "none");
  bothHaveAll(designers);
  for (const { tab } of designers) await tab.close();
}, 20_000);
