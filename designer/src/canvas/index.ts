import "./canvas.css";

/** The flow of a template, drawn: to look at, to walk, to change. */
export { Canvas } from "./canvas.tsx";
export { canvasCommands } from "./acts/commands.ts";
export { Minimap, Outline } from "./parts.ts";
export { Palette } from "./palette.tsx";
