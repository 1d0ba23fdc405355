/** Fetched together: an order's parts, with the camera that reads their labels. */
import { wear } from "@mendloop/fields/wear.ts";
import looks from "../style/parts.css?inline";

export { PartsNote } from "./note.tsx";
export { PartsScreen } from "./screen.tsx";

wear(looks);
