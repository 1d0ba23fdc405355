/** Fetched together, once the first screen stands: the other screens, and the sheets. */
import { wear } from "@mendloop/fields/wear.ts";
import looks from "../style/more.css?inline";

export { Menu } from "../ui/menu.tsx";
export { FindingSheet } from "./finding_sheet.tsx";
export { ReasonSheet, Refusals } from "./finish_sheets.tsx";
export { FlowScreen } from "./flow_screen.tsx";
export { Outbox } from "./outbox_screen.tsx";
export { PauseSheet } from "./pause_sheet.tsx";
export { StepNotes } from "./step_notes.tsx";
export { SummaryScreen } from "./summary_screen.tsx";

wear(looks);
