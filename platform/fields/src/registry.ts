import type { ComponentType } from "preact";
import type { FieldProps } from "./host.ts";
import { lazily } from "./lazily.tsx";
import { BooleanWidget } from "./widgets/boolean.tsx";
import { ChecklistWidget } from "./widgets/checklist.tsx";
import { ChoiceWidget } from "./widgets/choice.tsx";
import { DateWidget } from "./widgets/date.tsx";
import { DatetimeWidget } from "./widgets/datetime.tsx";
import { IntegerWidget } from "./widgets/integer.tsx";
import { LongTextWidget } from "./widgets/long_text.tsx";
import { MultiChoiceWidget } from "./widgets/multi_choice.tsx";
import { NumberWidget } from "./widgets/number.tsx";
import { ReadingWidget } from "./widgets/reading.tsx";
import { TextWidget } from "./widgets/text.tsx";

/** How one field type is shown. `single`: it is one control, so its label is a real <label>. */
export interface Widget {
  readonly show: ComponentType<FieldProps>;
  readonly single: boolean;
}

const widgets = new Map<string, Widget>();

/** Make `show` the widget of field type `type`. Plugins use it exactly as the built-in types below do. */
export function registerWidget(type: string, show: ComponentType<FieldProps>, { single = false } = {}): void {
  widgets.set(type, { show, single });
}

export function widgetOf(type: string): Widget | undefined {
  return widgets.get(type);
}

registerWidget("text", TextWidget, { single: true });
registerWidget("long_text", LongTextWidget, { single: true });
registerWidget("integer", IntegerWidget, { single: true });
registerWidget("number", NumberWidget, { single: true });
registerWidget("date", DateWidget, { single: true });
registerWidget("datetime", DatetimeWidget, { single: true });
registerWidget("reading", ReadingWidget, { single: true });
registerWidget("boolean", BooleanWidget);
registerWidget("choice", ChoiceWidget);
registerWidget("multi_choice", MultiChoiceWidget);
registerWidget("checklist", ChecklistWidget);
registerWidget("photo", lazily(async () => (await import("./widgets/photo.tsx")).PhotoWidget));
registerWidget("safety_gate", lazily(async () => (await import("./widgets/safety_gate.tsx")).SafetyGateWidget));
registerWidget("scan", lazily(async () => (await import("./widgets/scan.tsx")).ScanWidget));
registerWidget("parts", lazily(async () => (await import("./widgets/parts.tsx")).PartsWidget));
registerWidget("signature", lazily(async () => (await import("./widgets/signature.tsx")).SignatureWidget));
registerWidget("table", lazily(async () => (await import("./widgets/table.tsx")).TableWidget));
