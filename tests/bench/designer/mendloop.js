/* global document, queueMicrotask */
// The designer's own canvas with its palette, on its own document model, nothing else of the designer.
import { effect, signal } from "@preact/signals";
import { h, render } from "preact";
import "../../../platform/fields/src/style/tokens.css";
import "../../../designer/src/style/base.css";
import "../../../designer/src/style/controls.css";
import { boardOf } from "../../../designer/src/canvas/board.ts";
import { Canvas, Palette } from "../../../designer/src/canvas/index.ts";
import { Editor } from "../../../designer/src/model/index.ts";
import { speak } from "../../../designer/src/words/index.ts";
import { flow, place, usable } from "./sent.js";

await speak("en");
const next = Map.groupBy(flow.edges, ([from]) => from);
const routes = (id) => (next.get(id) ?? []).map(([, to], index, all) => ({ to, ...(index < all.length - 1 ? { when: "x > 1" } : {}) }));
const nodes = Object.fromEntries(flow.nodes.map(({ id, title }) => [id, { kind: "step", role: "engineer", title: { en: title, "zh-CN": title }, fields: [], next: routes(id) }]));
const layout = flow.placed ? Object.fromEntries(flow.nodes.map(({ id, x, y }) => [id, { x, y }])) : {};
const editor = new Editor({ template: { format: 1, key: "bench", title: { en: "Bench" }, roles: { engineer: { title: { en: "Engineer" } } }, start: flow.nodes[0].id, nodes }, layout });
const session = {
  templateId: "bench", editor, rights: signal(["view", "edit"]), schema: signal(null), check: signal(null), saving: signal({ kind: "saved", at: 0 }), people: signal([]),
  open: signal(null), track: signal(null), revealed: signal(null), reveal: () => undefined, tell: () => undefined,
};
const app = place();
app.style.cssText += ";display:grid;grid-template-columns:60px minmax(0,1fr)";
render([h(Palette, { session }), h(Canvas, { session })], app);
const board = boardOf(session);
let stop = () => undefined;
stop = effect(() => {
  if (board.view.value.x === 0) return;
  queueMicrotask(() => { // when all that follows the view has been drawn
    if (document.querySelector(".canvas-node") === null && board.scene.peek().order.length > 0) return;
    stop();
    if (flow.placed) board.view.value = { x: 40, y: 40, zoom: 1 };
    usable("[data-node]");
  });
});
