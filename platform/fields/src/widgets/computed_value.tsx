import type { Json, PlanField } from "@mendloop/engine";
import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { shownValue } from "../shown_value.ts";

/** What the template has worked out. */
export function ComputedValue({ field, value }: { readonly field: PlanField; readonly value: Json }): JSX.Element {
  const host = useHost();
  return <div class="computed" role="status">{value === null ? host.say("field.not_yet") : shownValue(field, value, host)}</div>;
}
