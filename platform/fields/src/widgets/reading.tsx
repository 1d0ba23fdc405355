import type { Json, JsonObject, Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Gauge } from "./gauge.tsx";
import { NumberInput } from "./number_input.tsx";
import { judge, limitsOf, type Limits } from "./reading_limits.ts";

/** One measured value: number pad, unit, norm and limits in sight, and at once whether it is in tolerance. */
export function ReadingWidget(props: FieldProps): JSX.Element {
  const { field, answer, change } = props;
  const limits = limitsOf(field.settings);
  const { value, reason } = partsOf(answer);
  const say = (next: Json, because: string): void => {
    change(next === null && because === "" ? null : { value: next, ...(because === "" ? {} : { reason: because }) });
  };
  return (
    <>
      <Facts settings={field.settings} limits={limits} />
      <NumberInput {...props} answer={value ?? undefined} big unit={setting<Words | string>(field.settings, "unit")} decimals signed={limits.signed}
        change={(next) => { say(next, reason); }} />
      <Gauge limits={limits} value={typeof value === "number" ? value : null} />
      <Verdict {...props} limits={limits} value={value} />
      <SoftReason {...props} wanted={judge(limits, value).soft} reason={reason} write={(because) => { say(value ?? null, because); }} />
    </>
  );
}

function partsOf(answer: Json | undefined): { value: Json | undefined; reason: string } {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return { value: undefined, reason: "" };
  const { value, reason } = answer as JsonObject;
  return { value, reason: typeof reason === "string" ? reason : "" };
}

function Facts({ settings, limits }: { readonly settings: JsonObject; readonly limits: Limits }): JSX.Element {
  const host = useHost();
  const instrument = host.read(setting<Words>(settings, "instrument"));
  const band = limits.tolerance;
  return (
    <dl class="limits">
      {limits.norm === undefined ? null : <div><dt>{host.say("reading.norm")}</dt><dd>{limits.norm}</dd></div>}
      {band === undefined ? null : <div><dt>{host.say("reading.tolerance")}</dt><dd>{band[0]} – {band[1]}</dd></div>}
      {instrument === "" ? null : <div><dt>{host.say("reading.instrument")}</dt><dd>{instrument}</dd></div>}
    </dl>
  );
}

function Verdict({ field, value, limits }: FieldProps & { readonly limits: Limits; readonly value: Json | undefined }): JSX.Element {
  const host = useHost();
  const { state } = judge(limits, value);
  const advice = host.read(setting<Words>(field.settings, "advice"));
  return (
    <div role="status" data-testid="verdict" data-state={state}>
      {state === "in" ? <div class="note ok"><Icon name="check" /><div><p><strong>{host.say("reading.in")}</strong></p></div></div> : null}
      {state === "out" ? (
        <div class="note warn"><Icon name="warning" /><div><p><strong>{host.say("reading.out")}</strong></p>{advice === "" ? null : <p>{advice}</p>}</div></div>
      ) : null}
      {state === "impossible" ? <div class="note danger"><Icon name="cross" /><div><p><strong>{host.say("reading.impossible")}</strong></p></div></div> : null}
    </div>
  );
}

interface SoftReasonProps extends FieldProps {
  readonly wanted: boolean;
  readonly reason: string;
  write: (reason: string) => void;
}

function SoftReason({ id, wanted, readonly, reason, write, settle }: SoftReasonProps): JSX.Element | null {
  const host = useHost();
  if (!wanted && reason === "") return null;
  return (
    <div class="stack">
      <label class="field-label" for={`${id}-soft`}>{host.say("reading.reason")}</label>
      <textarea class="input" id={`${id}-soft`} data-testid="soft-reason" readOnly={readonly} value={reason}
        onInput={(event) => { write(event.currentTarget.value); }} onBlur={settle} />
    </div>
  );
}
