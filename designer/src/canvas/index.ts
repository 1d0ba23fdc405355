import "./canvas.css";
import "./outline.css";

/** The flow of a template, drawn: to look at, to walk, to change. */
export { Canvas } from "./canvas.tsx";
export { canvasCommands } from "./acts/commands.ts";
export { Minimap } from "./minimap.tsx";
export { Outline } from "./outline.tsx";
export { Palette } from "./palette.tsx";
