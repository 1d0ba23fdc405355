/** What the canvas and what is around it say: fetched at once. */
import shell from "./shell.zh-CN.json";
import canvas from "./canvas.zh-CN.json";
import edits from "./edits.zh-CN.json";
import store from "./store.zh-CN.json";

export default { ...shell, ...canvas, ...edits, ...store };
