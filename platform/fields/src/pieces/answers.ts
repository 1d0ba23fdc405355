/** Fetched together: fields that are more than one plain control, and what few fields need. */
import looks from "../style/answers.css?inline";
import { wear } from "../wear.ts";

export { BooleanWidget } from "../widgets/boolean.tsx";
export { ChecklistWidget } from "../widgets/checklist.tsx";
export { ChoiceWidget } from "../widgets/choice.tsx";
export { ComputedValue } from "../widgets/computed_value.tsx";
export { DatetimeWidget } from "../widgets/datetime.tsx";
export { DecimalComma } from "../widgets/decimal_comma.tsx";
export { InstructionWidget } from "../widgets/instruction.tsx";
export { MultiChoiceWidget } from "../widgets/multi_choice.tsx";
export { ReadingWidget } from "../widgets/reading.tsx";
export { ReasonBox } from "../widgets/reason_box.tsx";
export { TableWidget } from "../widgets/table.tsx";
export { UnknownWidget } from "../widgets/unknown.tsx";

wear(looks);
