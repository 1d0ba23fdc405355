import type { PlanField } from "@mendloop/engine";
import type { ComponentType } from "preact";
import { type FieldProps, setting } from "./host.ts";
import { type Lazy, lazily } from "./lazily.tsx";
import { answersPiece, ComputedValue, evidencePiece, SignaturePadBox, UnknownWidget } from "./pieces.ts";
import { DateWidget } from "./widgets/date.tsx";
import { IntegerWidget } from "./widgets/integer.tsx";
import { LongTextWidget } from "./widgets/long_text.tsx";
import { NumberWidget } from "./widgets/number.tsx";
import { TextWidget } from "./widgets/text.tsx";

/** How one field type is shown. `single`: it is one control, so its label is a real <label>. */
export interface Widget {
  readonly show: ComponentType<FieldProps> | Lazy<FieldProps>;
  readonly single: boolean;
}

const widgets = new Map<string, Widget>();
const UNKNOWN: Widget = { show: UnknownWidget, single: false };

/** Make `show` the widget of field type `type`. Plugins use it exactly as the built-in types below do. */
export function registerWidget(type: string, show: Widget["show"], { single = false } = {}): void {
  widgets.set(type, { show, single });
}

/** The widget of a field type; for one whose plugin is not installed, what says so. */
export function widgetOf(type: string): Widget {
  return widgets.get(type) ?? UNKNOWN;
}

/** Fetch what these fields are shown by, all at once. Without a network it settles too: what is missing shows that it is. */
export async function fetchWidgets(fields: readonly PlanField[]): Promise<void> {
  await Promise.allSettled(missing(fields).map(async (piece) => { await piece.fetch(); }));
}

/** True when everything is here that these fields are shown by. */
export function widgetsHere(fields: readonly PlanField[]): boolean {
  return missing(fields).length === 0;
}

/** Fetch every widget there is: the phone may be without a network later. */
export async function fetchAllWidgets(): Promise<void> {
  await Promise.allSettled([...widgets.values()].filter(isMissing).map(async ({ show }) => { await show.fetch(); }));
}

type MissingWidget = Widget & { readonly show: Lazy<FieldProps> };

function isMissing(widget: Widget): widget is MissingWidget {
  return "here" in widget.show && !widget.show.here();
}

function missing(fields: readonly PlanField[]): readonly Pick<Lazy<never>, "fetch">[] {
  return fields.flatMap((field) => {
    if (field.value !== null) return ComputedValue.here() ? [] : [ComputedValue];
    const widget = widgetOf(field.type);
    return [...(isMissing(widget) ? [widget.show] : []), ...missing(setting<readonly PlanField[]>(field.settings, "columns") ?? [])];
  });
}

registerWidget("text", TextWidget, { single: true });
registerWidget("long_text", LongTextWidget, { single: true });
registerWidget("integer", IntegerWidget, { single: true });
registerWidget("number", NumberWidget, { single: true });
registerWidget("date", DateWidget, { single: true });
registerWidget("boolean", lazily(async () => (await answersPiece()).BooleanWidget));
registerWidget("choice", lazily(async () => (await answersPiece()).ChoiceWidget));
registerWidget("instruction", lazily(async () => (await answersPiece()).InstructionWidget));
registerWidget("datetime", lazily(async () => (await answersPiece()).DatetimeWidget), { single: true });
registerWidget("reading", lazily(async () => (await answersPiece()).ReadingWidget), { single: true });
registerWidget("multi_choice", lazily(async () => (await answersPiece()).MultiChoiceWidget));
registerWidget("checklist", lazily(async () => (await answersPiece()).ChecklistWidget));
registerWidget("table", lazily(async () => (await answersPiece()).TableWidget));
registerWidget("photo", lazily(async () => (await evidencePiece()).PhotoWidget));
registerWidget("safety_gate", lazily(async () => (await evidencePiece()).SafetyGateWidget));
registerWidget("scan", lazily(async () => (await evidencePiece()).ScanWidget));
registerWidget("parts", lazily(async () => (await evidencePiece()).PartsWidget));
registerWidget("signature", lazily(async () => (await Promise.all([evidencePiece(), SignaturePadBox.fetch()]))[0].SignatureWidget));
