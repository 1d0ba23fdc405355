/** What the canvas and what is around it say: fetched at once. */
import shell from "./shell.en.json";
import canvas from "./canvas.en.json";
import edits from "./edits.en.json";
import store from "./store.en.json";

export default { ...shell, ...canvas, ...edits, ...store };
