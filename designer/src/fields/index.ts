/** The fields of the open step, as a form that is edited in place. */
import "./fields.css";

export { StepFields } from "./step_fields.tsx";
export { summaryOf } from "./summary.ts";
export { TypeIcon } from "./type_icon.tsx";
export { type FieldType, GROUPS, TYPES } from "./types.ts";
