/** Who may look at a template, edit it, publish it, and decide about that. */
import "./rights.css";

export { RightsDialog } from "./rights_dialog.tsx";
