import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type FieldHost, type FieldProps, setting, useHost } from "../host.ts";
import { AddPart } from "../parts/add_part.tsx";
import { fitsProduct, meant, unitName } from "../parts/fitting.ts";
import type { NewPart } from "../parts/new_part.ts";
import { PartLine } from "../parts/part_line.tsx";
import { lineMeant, type PartAt, tellingPosition } from "../parts/planned.ts";
import { Proposals } from "../parts/proposals.tsx";

export type PartAction = "used" | "removed" | "returned" | "recycled";

export interface UsedPart {
  readonly part: string;
  readonly quantity: number;
  readonly action: PartAction;
  /** Which of the positions it is planned for; none where it is planned once. */
  readonly position?: string;
  readonly serial?: string;
  readonly lot?: string;
  readonly note?: string;
}

interface Planned extends PartAt {
  readonly label: Words;
  readonly quantity: number;
  readonly unit?: string | null;
  readonly required?: boolean;
  readonly faults?: readonly string[];
  readonly products?: readonly string[];
  /** What is used needs its serial number. */
  readonly serial?: boolean;
}

/** Parts of this step: the planned ones first, one tap each; any other by search or by scanning it. */
export function PartsWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  const recommended = useMemo(() => host.recommended(), [host]).value.filter((each) => each.field === field.id);
  const used = (Array.isArray(answer) ? answer : []) as readonly UsedPart[];
  const lines = setting<Planned[]>(field.settings, "lines") ?? [];
  const planned = plannedFor(lines, host);
  const refused = lines.filter(({ products }) => !fitsProduct(products, host.order.value)).map(({ part }) => part);
  const add = ({ part, serial, note }: NewPart): void => {
    put([...used, { part, quantity: 1, action: "used", ...(serial === "" ? {} : { serial }), ...(note === "" ? {} : { note }) }]);
  };
  const lacksSerial = (line: UsedPart): boolean => line.action === "used" && line.serial === undefined && lineMeant(lines, line)?.serial === true;
  // A serial number that is still to be typed is no mistake yet.
  const put = (next: readonly UsedPart[]): void => { change(next.length === 0 ? null : (next as never)); if (!next.some(lacksSerial)) settle(); };
  const replaced = (place: number, line: UsedPart): readonly UsedPart[] => used.map((old, each) => (each === place ? line : old));
  const set = (place: number, line: UsedPart | null): void => {
    put(line === null ? used.filter((_, each) => each !== place) : replaced(place, line));
  };
  const type = (place: number, line: UsedPart): void => { change(replaced(place, line) as never); };
  const placeOf = (plan: Planned): number => used.findIndex((line) => lineMeant(lines, line) === plan);
  const places = new Set(planned.map(placeOf));
  const others = used.map((line, place) => ({ line, place })).filter(({ place }) => !places.has(place));
  const isNew = (part: string): boolean => ![...used, ...planned].some((each) => each.part === part) && !refused.includes(part);
  return (
    <div>
      {planned.map((plan) => {
        const [place, position] = [placeOf(plan), tellingPosition(lines, plan)];
        const key = position === undefined ? plan.part : `${plan.part}-${position}`;
        return (
          <PartLine key={key} id={`${id}-${key}`} position={position} name={host.read(plan.label) || plan.part} unit={unitName(host, plan.unit)} planned={plan.quantity}
            required={plan.required === true} serial={plan.serial === true} readonly={readonly} line={used[place] ?? null}
            set={(line) => { if (place >= 0) set(place, line); else if (line !== null) put([...used, line]); }} type={(line) => { type(place, line); }} settle={settle} part={plan.part} recommended={recommended.find((each) => each.id === plan.part)} />
        );
      })}
      {others.map(({ line, place }) => (
        <PartLine key={place} id={`${id}-other-${place}`} name={line.note ?? line.part} position={line.position} unit={unitName(host, lineMeant(planned, line)?.unit)} planned={lineMeant(planned, line)?.quantity ?? null} required={false} serial={false} readonly={readonly} line={line}
          set={(next) => { set(place, next); }} type={(next) => { type(place, next); }} settle={settle} part={line.part} recommended={undefined} />
      ))}
      {readonly || setting<boolean>(field.settings, "allow_other") === false ? null : (
        <>
          <Proposals id={id} parts={recommended.filter((each) => isNew(each.id))} add={add} />
          <AddPart id={id} refused={refused} add={add} />
        </>
      )}
    </div>
  );
}

/** Planned lines meant for the order's fault and product; a line that names none always fits. */
function plannedFor(lines: readonly Planned[], host: FieldHost): readonly Planned[] {
  const order = host.order.value;
  return lines.filter(({ faults, products }) => meant(faults, order.fault_codes) && fitsProduct(products, order));
}
