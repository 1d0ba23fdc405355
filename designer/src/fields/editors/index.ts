/** Fetched together: what edits a field, and the list of types to add one of. */
import "./editors.css";

export { AddMenu } from "../add_menu.tsx";
export { Editor } from "./editor.tsx";
