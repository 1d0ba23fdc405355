import { beforeAll, expect, it, vi } from "vitest";
import { copyText, pasteText } from "../../src/fields/clipboard.ts";
import { problemsAt } from "../../src/fields/found.ts";
import { Room } from "../../src/fields/room.ts";
import { fieldsOf } from "../../src/model/index.ts";
import { speak, speakOfMore } from "../../src/words/index.ts";
import { sessionWith, templateWith, text } from "./of.ts";

beforeAll(async () => {
  vi.stubGlobal("document", { documentElement: {} });
  await speak("en");
  await speakOfMore();
});

const plain = { shiftKey: false, ctrlKey: false, metaKey: false };
const roomOf = (...ids: string[]): Room => new Room(sessionWith(ids.map(text)), "look");

it("a click opens a card and a second one closes it; one is open at a time", () => {
  const room = roomOf("a", "b");
  room.click("a", plain);
  room.click("b", plain);
  expect(room.open.value).toBe("b");
  room.click("b", plain);
  expect(room.open.value).toBeNull();
});

it("what is added is opened and chosen, and undone at once", () => {
  const room = roomOf("a", "b");
  room.add("reading", 1);
  expect(room.ids.value).toEqual(["a", "reading", "b"]);
  expect([room.open.value, [...room.chosen.value]]).toEqual(["reading", ["reading"]]);
  room.session.editor.undo();
  expect(room.ids.value).toEqual(["a", "b"]);
});

it("several that are chosen move together, as one edit", () => {
  const room = roomOf("a", "b", "c", "d");
  room.click("a", { ...plain, ctrlKey: true });
  room.click("c", { ...plain, ctrlKey: true });
  room.step("a", 1);
  expect(room.ids.value).toEqual(["b", "d", "a", "c"]);
  room.session.editor.undo();
  expect(room.ids.value).toEqual(["a", "b", "c", "d"]);
});

it("at the ends of the list nothing moves, and there is nothing to undo", () => {
  const room = roomOf("a", "b");
  room.step("a", -1);
  room.step("b", 1);
  expect(room.ids.value).toEqual(["a", "b"]);
  expect(room.session.editor.undoable.value).toBeNull();
});

it("several go to another step together, undone together", () => {
  const room = roomOf("a", "b", "c");
  room.send(["a", "c"], "repair", "Repair");
  const { editor } = room.session;
  expect([room.ids.value, fieldsOf(editor.draft.value.template.nodes["repair"]).map(({ id }) => id)]).toEqual([["b"], ["a", "c"]]);
  editor.undo();
  expect(editor.draft.value.template).toEqual(templateWith(["a", "b", "c"].map(text)));
});

it("what is deleted gives the focus to its neighbour", () => {
  const room = roomOf("a", "b", "c");
  room.remove(["b"]);
  expect(room.wanted.value?.id).toBe("c");
  room.remove(["c"]);
  expect(room.wanted.value?.id).toBe("a");
  room.remove(["a"]);
  expect(room.ids.value).toEqual([]);
});

it("fields copied here are pasted with names that are free", () => {
  const room = roomOf("a", "b");
  pasteText(room, copyText(room, ["a", "b"]), 1);
  expect(room.ids.value).toHaveLength(4);
  expect(new Set(room.ids.value).size).toBe(4);
  expect([...room.chosen.value]).toEqual(room.ids.value.slice(1, 3));
});

it("lines from a table become a checklist, as one edit", () => {
  const room = roomOf("a");
  pasteText(room, "外壳无裂纹\tNo cracks\n接地良好\tEarth is good", 1);
  const field = room.fields.value[1];
  expect(field?.type === "checklist" ? field.items.map(({ label }) => label) : null).toEqual([{ "zh-CN": "外壳无裂纹", en: "No cracks" }, { "zh-CN": "接地良好", en: "Earth is good" }]);
  room.session.editor.undo();
  expect(room.ids.value).toEqual(["a"]);
});

it("a clipboard with nothing for us changes nothing and says so", () => {
  const session = sessionWith([text("a")]);
  pasteText(new Room(session, "look"), "hello", 0);
  expect(session.told).toHaveLength(1);
  expect(session.editor.undoable.value).toBeNull();
});

it("a problem stays with its field though others were put before it since the check", () => {
  const session = sessionWith([text("a"), text("b")]);
  const room = new Room(session, "look");
  const problem = { code: "x", at: "/nodes/look/fields/1/label", element: "b", params: {}, severity: "error" as const, message: { en: "wrong" } };
  session.check.value = { draft: session.editor.draft.value, problems: [problem], plan: null, expressions: [] };
  room.add("text", 0);
  expect(problemsAt(room.found.value, "b")).toEqual([problem]);
  expect(problemsAt(room.found.value, "a")).toEqual([]);
});

it("without the right to edit it is read only", () => {
  expect(new Room(sessionWith([text("a")], ["view"]), "look").isReadonly.value).toBe(true);
});
