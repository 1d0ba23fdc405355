import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type RecommendedPart, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import type { PartAction, UsedPart } from "../widgets/parts.tsx";
import { Chance } from "./chance.tsx";
import { asksAbout } from "./planned.ts";

export interface PartLineProps {
  readonly id: string;
  readonly part: string;
  /** Where in the machine, when the part alone does not say which line this is. */
  readonly position: string | undefined;
  readonly name: string;
  readonly unit: string;
  /** Null where nobody planned it here. */
  readonly planned: number | null;
  readonly required: boolean;
  /** What is used needs its serial number. */
  readonly serial: boolean;
  readonly readonly: boolean;
  readonly line: UsedPart | null;
  /** How probable it is that it is needed, where that is known. */
  readonly recommended: RecommendedPart | undefined;
  set: (line: UsedPart | null) => void;
  /** While somebody types: kept, not judged yet. */
  type: (line: UsedPart) => void;
  settle: () => void;
}

const ACTIONS: readonly PartAction[] = ["used", "removed", "returned", "recycled"];

/** One part: how many, and what became of them. */
export function PartLine(props: PartLineProps): JSX.Element {
  const host = useHost();
  const { part, position, name, unit, planned, required, line, readonly, recommended, set } = props;
  const at = position === undefined ? part : `${part}-${position}`;
  const quantity = planned ?? 1;
  return (
    <div class="part" data-testid={`part-${at}`}>
      <div class="row apart wrap">
        <span class="point-name">{name}</span>
        <span class="quiet code">{[part, position ?? "", unit].filter((text) => text !== "").join(" · ")}</span>
      </div>
      {required && line === null ? <span class="chip warn">{host.say("field.required")}</span> : null}
      {line === null ? (readonly ? <span class="quiet">{host.say("parts.none")}</span> : (
        <div class="row wrap">
          <button type="button" class="button" data-testid={`use-${at}`} onClick={() => { set({ part, quantity, action: "used", ...(position === undefined ? {} : { position }) }); }}>
            <Icon name="plus" />{host.say("parts.use", { n: quantity, unit })}
          </button>
          {recommended === undefined ? null : <Chance name={name} part={recommended} />}
        </div>
      )) : <Amount {...props} line={line} />}
    </div>
  );
}

function Amount(props: PartLineProps & { readonly line: UsedPart }): JSX.Element {
  const host = useHost();
  const { line, name, unit, planned, readonly, set } = props;
  const asked = useSignal<number | null>(null);
  const put = (quantity: number): void => { asked.value = null; set(quantity > 0 ? { ...line, quantity } : null); };
  const step = (by: number): void => {
    const quantity = line.quantity + by;
    if (asksAbout(planned, line.quantity, quantity)) asked.value = quantity;
    else put(quantity);
  };
  return (
    <>
      <div class="stepper">
        <button type="button" class="button icon" disabled={readonly} data-testid="less" aria-label={host.say("parts.less", { name })} onClick={() => { step(-1); }}><Icon name="dash" /></button>
        <output aria-label={host.say("parts.quantity", { name })}>{line.quantity}</output>
        <button type="button" class="button icon" disabled={readonly} data-testid="more" aria-label={host.say("parts.more", { name })} onClick={() => { step(1); }}><Icon name="plus" /></button>
      </div>
      {asked.value === null || planned === null ? null : <MoreThanPlanned planned={planned} unit={unit} quantity={asked.value} put={put} keep={() => { asked.value = null; }} />}
      {planned === null ? <span class="chip" data-testid="unplanned">{host.say("parts.unplanned")}</span> : null}
      {planned !== null && line.quantity > planned ? <span class="chip warn" data-testid="over-planned">{host.say("parts.over", { n: planned, unit })}</span> : null}
      <ActionAndSerial {...props} />
    </>
  );
}

interface MoreProps {
  readonly planned: number;
  readonly unit: string;
  readonly quantity: number;
  put: (quantity: number) => void;
  keep: () => void;
}

/** More than planned is seldom right: it is asked for in words. */
function MoreThanPlanned({ planned, unit, quantity, put, keep }: MoreProps): JSX.Element {
  const host = useHost();
  return (
    <div class="note warn" role="alert" data-testid="more-than-planned">
      <Icon name="warning" />
      <div class="stack">
        <p>{host.say("parts.more_than", { n: planned, unit, m: quantity })}</p>
        <div class="row wrap">
          <button type="button" class="button" data-testid="more-yes" onClick={() => { put(quantity); }}>{host.say("parts.more_yes", { m: quantity, unit })}</button>
          <button type="button" class="button" onClick={keep}>{host.say("parts.more_no", { n: planned, unit })}</button>
        </div>
      </div>
    </div>
  );
}

function ActionAndSerial({ id, line, name, serial, readonly, set, type, settle }: PartLineProps & { readonly line: UsedPart }): JSX.Element {
  const host = useHost();
  const withSerial = (typed: string): UsedPart => {
    const { serial: _, ...rest } = line;
    return typed === "" ? rest : { ...rest, serial: typed };
  };
  return (
    <div class="row wrap">
      <label class="sr-only" for={`${id}-action`}>{host.say("parts.what_became", { name })}</label>
      <select class="input grow" id={`${id}-action`} data-testid="part-action" disabled={readonly} value={line.action}
        onChange={(event) => { set({ ...line, action: event.currentTarget.value as PartAction }); }}>
        {ACTIONS.map((action) => <option key={action} value={action}>{host.say(`parts.${action}`)}</option>)}
      </select>
      <label class="sr-only" for={`${id}-serial`}>{host.say("parts.serial")}</label>
      <input class="input grow" id={`${id}-serial`} readOnly={readonly} aria-required={serial && line.action === "used"} placeholder={host.say(serial && line.action === "used" ? "parts.serial_wanted" : "parts.serial")} value={line.serial ?? ""}
        onInput={(event) => { type(withSerial(event.currentTarget.value)); }} onBlur={settle} />
    </div>
  );
}
