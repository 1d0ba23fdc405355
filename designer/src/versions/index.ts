/** The history of a template: versions, saves, and what changed between any two. */
import "./versions.css";

export { Versions } from "./versions.tsx";
export { Changes } from "./changes.tsx";
