import { readied } from "../shell/fetched.tsx";

/** What the canvas can do without at first. */
export const CanvasMenus = readied(async () => (await import("./menus.tsx")).CanvasMenus);
export const Minimap = readied(async () => (await import("./minimap.tsx")).Minimap);
export const Outline = readied(async () => (await import("./outline.tsx")).Outline);
