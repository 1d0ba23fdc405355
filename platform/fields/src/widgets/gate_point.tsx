import type { Lock, PlanField, Problem, Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { CameraSheet } from "../camera/camera_sheet.tsx";
import { Picture } from "../camera/picture.tsx";
import { Problems } from "../frame.tsx";
import { type FieldHost, type FieldProps, setting, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";

export interface Point {
  readonly id: string;
  readonly label: Words | string;
}

/** The gate whose locks a field shows: its own, or the one that it removes. */
export function gateName(step: string, field: PlanField): string {
  return setting<string>(field.settings, "removes") ?? `${step}.${field.id}`;
}

/** The points of a gate; those of a gate to remove are known by their locks. */
export function gatePoints({ field, answer }: FieldProps, host: FieldHost): readonly Point[] {
  const own = setting<Point[]>(field.settings, "points") ?? [];
  const prefix = `${gateName(host.step, field)}.`;
  const standing = Object.keys(host.locks.value).filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length));
  const answered = Object.keys((answer as { points?: Record<string, unknown> } | null | undefined)?.points ?? {});
  const known = new Set(own.map(({ id }) => id));
  const others = setting<string>(field.settings, "removes") === undefined ? [] : new Set([...standing, ...answered]);
  return [...own, ...[...others].filter((id) => !known.has(id)).map((id) => ({ id, label: host.labelOfPoint(gateName(host.step, field), id) }))];
}

export interface GatePointProps {
  readonly field: PlanField;
  readonly point: Point;
  readonly lock: Lock | undefined;
  readonly removes: boolean;
  readonly readonly: boolean;
}

/** One isolation point: whose lock stands there since when, and the button that sets or removes it. */
export function GatePoint(props: GatePointProps): JSX.Element {
  const host = useHost();
  const { field, point, lock, removes, readonly } = props;
  const problems = useSignal<readonly Problem[]>([]);
  const busy = useSignal(false);
  const name = typeof point.label === "string" ? point.label : host.read(point.label) || point.id;
  const turn = readonly ? "none" : turnOf(lock, removes, host.person.id);
  const act = async (photo: string | null): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    try {
      problems.value = removes ? await host.gate.unlock(field.id, point.id) : await host.gate.lock(field.id, point.id, photo);
    } finally {
      busy.value = false;
    }
  };
  return (
    <li class={`point${lock === undefined ? "" : " locked"}`} data-testid={`point-${point.id}`}>
      <div class="row"><Icon name={lock === undefined ? "unlock" : "lock"} /><span class="point-name grow">{name}</span></div>
      {lock === undefined ? null : <Whose lock={lock} />}
      {turn === "act" ? <ActButton {...props} name={name} act={act} /> : null}
      {turn === "not_yours" && lock !== undefined ? <NotYours lock={lock} /> : null}
      <Problems id={`${field.id}-${point.id}`} field={field} problems={problems.value} />
    </li>
  );
}

/** Whether `me` sets or takes off the lock here, cannot because it is a colleague's, or has nothing to do. */
function turnOf(lock: Lock | undefined, removes: boolean, me: string): "act" | "not_yours" | "none" {
  if (!removes) return lock === undefined ? "act" : "none";
  if (lock === undefined) return "none";
  return lock.by === me ? "act" : "not_yours";
}

/** A lock is taken off by who set it: say who, and how that person gets here. */
function NotYours({ lock }: { readonly lock: Lock }): JSX.Element {
  const host = useHost();
  return <div class="note warn" role="status" data-testid="not-your-lock"><Icon name="person" /><div><p>{host.say("gate.not_yours", { name: host.nameOf(lock.by) })}</p></div></div>;
}

function Whose({ lock }: { readonly lock: Lock }): JSX.Element {
  const host = useHost();
  const at = host.timeOf(lock.at);
  return (
    <div class="row wrap">
      <span>{host.say("gate.locked_by", { name: host.nameOf(lock.by), at })}</span>
      {lock.photo === null ? null : <div class="photo"><Picture photo={lock.photo} size="thumb" alt={host.say("gate.photo")} /></div>}
    </div>
  );
}

interface ActProps extends GatePointProps {
  readonly name: string;
  act: (photo: string | null) => Promise<void>;
}

function ActButton({ field, point, removes, name, act }: ActProps): JSX.Element {
  const host = useHost();
  const open = useSignal(false);
  const wantsPhoto = !removes && setting<boolean>(field.settings, "photo") === true;
  const press = (): void => { if (wantsPhoto) open.value = true; else void act(null); };
  return (
    <>
      <button type="button" class={`button wide${removes ? "" : " primary"}`} data-testid={`${removes ? "unlock" : "lock"}-${point.id}`} onClick={press}>
        <Icon name={removes ? "unlock" : wantsPhoto ? "camera" : "lock"} />
        <span>{host.say(removes ? "gate.unlock" : wantsPhoto ? "gate.lock_photo" : "gate.lock")}</span><span class="sr-only">{name}</span>
      </button>
      {open.value ? (
        <CameraSheet wanted={[{ id: "lock", label: name, min: 1, max: 1, taken: [], before: null }]} shot="lock" aim={() => undefined}
          take={(_, photo) => { open.value = false; void act(photo); }} close={() => { open.value = false; }} />
      ) : null}
    </>
  );
}
