import { expect, it } from "vitest";
import { Editor, type Command, type Draft } from "../../src/model/index.ts";
import { BUILT_IN, builtIn, draftOf, text } from "./edits.cast.ts";
import { Chance, EDITS, randomTemplate } from "./edits.random.ts";

const SEQUENCES = 2_000;
const EDITS_EACH = 10;
const ONE_OF = Object.entries(EDITS);

/** How often each edit was made. */
const made = new Map<string, number>();

function template(seed: number, chance: Chance) {
  return seed % 200 === 0 ? builtIn(chance.of(BUILT_IN)) : randomTemplate(chance);
}

/** A draft as it was, and what it said then. */
interface State {
  readonly draft: Draft;
  readonly said: string;
}

/** The state after an edit, once it was shown that the edit can be taken back, by what it keeps and, every third time, by its patches. */
function tried(before: State, name: string, edit: Command): State {
  const draft = edit.apply(before.draft);
  const said = text(draft);
  if (said === before.said) throw new Error(`${name} is an edit and changes nothing`);
  if (edit.revert(draft) !== before.draft) throw new Error(`${name} was not taken back`);
  const times = made.get(name) ?? 0;
  made.set(name, times + 1);
  if (times % 3 > 0) return { draft, said };
  if (text(edit.apply(structuredClone(before.draft))) !== said) throw new Error(`${name} does something else by its patches`);
  if (text(edit.revert(structuredClone(draft))) !== before.said) throw new Error(`${name} was not taken back by its patches`);
  return { draft, said };
}

/** Some edits one after the other, then all the way back and forth again. Every stop on the way is a state there was, and none was changed since. */
function sequence(seed: number): void {
  const chance = new Chance(seed);
  let now = 0;
  const begun = draftOf(template(seed, chance));
  const editor = new Editor(begun, () => now);
  let state: State = { draft: begun, said: text(begun) };
  const states = [state];
  let last: { readonly burst: string | null; readonly at: number } = { burst: null, at: 0 };
  for (let count = 0; count < EDITS_EACH; count += 1) {
    now += chance.of([10, 400, 5_000]);
    const [name, make] = chance.of(ONE_OF);
    const edit = make(state.draft, chance);
    if (edit === null) continue;
    state = tried(state, name, edit);
    editor.edit(() => edit);
    if (edit.burst !== null && edit.burst === last.burst && now - last.at < 1_000) states.pop();
    states.push(state);
    last = { burst: edit.burst, at: now };
  }
  for (const { draft, said } of [...states].reverse()) {
    if (editor.draft.value !== draft || text(draft) !== said) throw new Error("undo came to a state that never was");
    editor.undo();
  }
  expect(editor.undoable.value).toBeNull();
  while (editor.redoable.value !== null) editor.redo();
  expect(editor.draft.value).toBe(state.draft);
}

it("every edit can be taken back and done again, over 2,000 random sequences", { timeout: 120_000 }, () => {
  for (let seed = 0; seed < SEQUENCES; seed += 1) {
    try {
      sequence(seed);
    } catch (problem) {
      throw new Error(`sequence ${seed}`, { cause: problem });
    }
  }
  const rare = ONE_OF.map(([name]) => name).filter((name) => (made.get(name) ?? 0) < 25);
  expect(rare).toEqual([]);
});
