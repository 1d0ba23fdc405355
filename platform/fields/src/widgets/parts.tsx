import type { Words } from "@mendloop/engine";
import type { JSX } from "preact";
import { type FieldHost, type FieldProps, setting, useHost } from "../host.ts";
import { AddPart } from "../parts/add_part.tsx";
import { PartLine } from "../parts/part_line.tsx";

export type PartAction = "used" | "removed" | "returned" | "recycled";

export interface UsedPart {
  readonly part: string;
  readonly quantity: number;
  readonly action: PartAction;
  readonly serial?: string;
  readonly lot?: string;
  readonly note?: string;
}

interface Planned {
  readonly part: string;
  readonly label: Words;
  readonly quantity: number;
  readonly unit?: string | null;
  readonly required?: boolean;
  readonly faults?: readonly string[];
}

/** Parts of this step: the planned ones first, one tap each; any other by search or by scanning it. */
export function PartsWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  const used = (Array.isArray(answer) ? answer : []) as readonly UsedPart[];
  const planned = plannedFor(setting<Planned[]>(field.settings, "lines") ?? [], host);
  const put = (next: readonly UsedPart[]): void => { change(next.length === 0 ? null : (next as never)); settle(); };
  const replaced = (place: number, line: UsedPart): readonly UsedPart[] => used.map((old, each) => (each === place ? line : old));
  const set = (place: number, line: UsedPart | null): void => {
    put(line === null ? used.filter((_, each) => each !== place) : replaced(place, line));
  };
  const type = (place: number, line: UsedPart): void => { change(replaced(place, line) as never); };
  const others = used.map((line, place) => ({ line, place })).filter(({ line, place }) => firstOf(used, line.part) !== place || !planned.some(({ part }) => part === line.part));
  return (
    <div>
      {planned.map((plan) => {
        const place = firstOf(used, plan.part);
        return (
          <PartLine key={plan.part} id={`${id}-${plan.part}`} name={host.read(plan.label) || plan.part} unit={plan.unit ?? ""} planned={plan.quantity}
            required={plan.required === true} readonly={readonly} line={used[place] ?? null}
            set={(line) => { if (place >= 0) set(place, line); else if (line !== null) put([...used, line]); }} type={(line) => { type(place, line); }} settle={settle} part={plan.part} />
        );
      })}
      {others.map(({ line, place }) => (
        <PartLine key={place} id={`${id}-other-${place}`} name={line.note ?? line.part} unit="" planned={1} required={false} readonly={readonly} line={line}
          set={(next) => { set(place, next); }} type={(next) => { type(place, next); }} settle={settle} part={line.part} />
      ))}
      {readonly || setting<boolean>(field.settings, "allow_other") === false ? null : (
        <AddPart id={id} add={(part, name) => { put([...used, { part, quantity: 1, action: "used", ...(name === part ? {} : { note: name }) }]); }} />
      )}
    </div>
  );
}

function firstOf(used: readonly UsedPart[], part: string): number {
  return used.findIndex((line) => line.part === part);
}

/** Planned lines whose fault codes fit the order; a line without codes always fits. */
function plannedFor(lines: readonly Planned[], host: FieldHost): readonly Planned[] {
  const faults = host.order.value.fault_codes;
  return lines.filter(({ faults: globs = [] }) => globs.length === 0 || globs.some((glob) => faults.some((fault) => fits(glob, fault))));
}

/** `P-1*` fits `P-12`: the only wildcard is a star. */
export function fits(glob: string, text: string): boolean {
  const [first = "", ...rest] = glob.split("*");
  if (rest.length === 0) return glob === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const [place, piece] of rest.entries()) {
    const found = place === rest.length - 1 ? (text.endsWith(piece) ? text.length - piece.length : -1) : text.indexOf(piece, from);
    if (found < from) return false;
    from = found + piece.length;
  }
  return true;
}
