/** Making a version: what changed, what is wrong, what happens to running orders. */
import "./publishing.css";

export { PublishDialog } from "./publish_dialog.tsx";
