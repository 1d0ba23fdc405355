import type { JSX } from "preact";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { gateName, gatePoints, GatePoint } from "./gate_point.tsx";

/** Isolation points, locked one by one; where the template asks for it, a second person confirms on their own phone. */
export function SafetyGateWidget(props: FieldProps): JSX.Element {
  const host = useHost();
  const { field, readonly } = props;
  const removes = setting<string>(field.settings, "removes");
  const points = gatePoints(props, host);
  const locks = points.map(({ id }) => host.locks.value[`${gateName(host.step, field)}.${id}`]);
  const standing = locks.filter((lock) => lock !== undefined);
  const confirmed = standing.length > 0 && standing.every((lock) => lock.confirmed_by !== null);
  const waits = removes === undefined && setting<boolean>(field.settings, "second_person") === true && standing.length === points.length;
  return (
    <>
      <ul class="points">
        {points.map((point, place) => (
          <GatePoint key={point.id} field={field} point={point} lock={locks[place]} removes={removes !== undefined} readonly={readonly} />
        ))}
      </ul>
      <Standing total={points.length} standing={standing.length} removes={removes !== undefined} />
      {waits ? <SecondPerson by={confirmed ? (standing[0]?.confirmed_by ?? null) : null} /> : null}
    </>
  );
}

function Standing({ total, standing, removes }: { readonly total: number; readonly standing: number; readonly removes: boolean }): JSX.Element {
  const host = useHost();
  const done = removes ? standing === 0 : standing === total;
  const text = removes ? host.say("gate.standing", { n: standing }) : host.say("gate.locked_of", { n: standing, of: total });
  return <div class={`note ${done ? "ok" : "warn"}`} role="status"><Icon name={done ? "check" : "lock"} /><div><p>{text}</p></div></div>;
}

function SecondPerson({ by }: { readonly by: string | null }): JSX.Element {
  const host = useHost();
  const text = by === null ? host.say("gate.awaits_second") : host.say("gate.confirmed_by", { name: host.nameOf(by) });
  return <div class={`note ${by === null ? "warn" : "ok"}`} role="status" data-testid="second-person"><Icon name="person" /><div><p>{text}</p></div></div>;
}
