import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import type { PartAction, UsedPart } from "../widgets/parts.tsx";

export interface PartLineProps {
  readonly id: string;
  readonly part: string;
  readonly name: string;
  readonly unit: string;
  readonly planned: number;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly line: UsedPart | null;
  set: (line: UsedPart | null) => void;
  /** While somebody types: kept, not judged yet. */
  type: (line: UsedPart) => void;
  settle: () => void;
}

const ACTIONS: readonly PartAction[] = ["used", "removed", "returned", "recycled"];

/** One part: how many, and what became of them. */
export function PartLine(props: PartLineProps): JSX.Element {
  const host = useHost();
  const { part, name, unit, planned, required, line, readonly, set } = props;
  return (
    <div class="part" data-testid={`part-${part}`}>
      <div class="row apart wrap">
        <span class="point-name">{name}</span>
        <span class="quiet">{part}{unit === "" ? "" : ` · ${unit}`}</span>
      </div>
      {required && line === null ? <span class="chip warn">{host.say("field.required")}</span> : null}
      {line === null ? (readonly ? <span class="quiet">{host.say("parts.none")}</span> : (
        <button type="button" class="button soft" data-testid={`use-${part}`} onClick={() => { set({ part, quantity: planned, action: "used" }); }}>
          <Icon name="check" />{host.say("parts.use", { n: planned, unit })}
        </button>
      )) : <Amount {...props} line={line} />}
    </div>
  );
}

function Amount(props: PartLineProps & { readonly line: UsedPart }): JSX.Element {
  const host = useHost();
  const { line, name, readonly, set } = props;
  const step = (by: number): void => { const quantity = line.quantity + by; set(quantity > 0 ? { ...line, quantity } : null); };
  return (
    <>
      <div class="stepper">
        <button type="button" class="button icon" disabled={readonly} data-testid="less" aria-label={host.say("parts.less", { name })} onClick={() => { step(-1); }}><Icon name="dash" /></button>
        <output aria-label={host.say("parts.quantity", { name })}>{line.quantity}</output>
        <button type="button" class="button icon" disabled={readonly} data-testid="more" aria-label={host.say("parts.more", { name })} onClick={() => { step(1); }}><Icon name="plus" /></button>
      </div>
      <ActionAndSerial {...props} />
    </>
  );
}

function ActionAndSerial({ id, line, name, readonly, set, type, settle }: PartLineProps & { readonly line: UsedPart }): JSX.Element {
  const host = useHost();
  const withSerial = (serial: string): UsedPart => {
    const { serial: _, ...rest } = line;
    return serial === "" ? rest : { ...rest, serial };
  };
  return (
    <div class="row wrap">
      <label class="sr-only" for={`${id}-action`}>{host.say("parts.what_became", { name })}</label>
      <select class="input grow" id={`${id}-action`} data-testid="part-action" disabled={readonly} value={line.action}
        onChange={(event) => { set({ ...line, action: event.currentTarget.value as PartAction }); }}>
        {ACTIONS.map((action) => <option key={action} value={action}>{host.say(`parts.${action}`)}</option>)}
      </select>
      <label class="sr-only" for={`${id}-serial`}>{host.say("parts.serial")}</label>
      <input class="input grow" id={`${id}-serial`} readOnly={readonly} placeholder={host.say("parts.serial")} value={line.serial ?? ""}
        onInput={(event) => { type(withSerial(event.currentTarget.value)); }} onBlur={settle} />
    </div>
  );
}
