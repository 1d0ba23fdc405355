import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { say } from "../../words/index.ts";
import { type Domain, domainOf, kept, type MarkName, type Marks, marksOf, shareOf, stepOf, valueAt } from "./scale.ts";

interface ScaleProps {
  readonly marks: Marks;
  readonly unit: string;
  readonly readonly: boolean;
  readonly change: (name: MarkName, value: number) => void;
}

/** What is fine, what is noticed and what needs a reason, as a line whose marks are dragged; arrows move them too. */
export function Scale({ marks, unit, readonly, change }: ScaleProps): JSX.Element {
  const line = useRef<HTMLDivElement>(null);
  const held = useSignal<Domain | null>(null); // while a mark is dragged the scale stands still
  const domain = held.value ?? domainOf(marks);
  const move = (name: MarkName, value: number): void => { change(name, kept(name, value, marks)); };
  const drag = (event: PointerEvent, name: MarkName): void => {
    if (held.peek() === null) return;
    const box = line.current?.getBoundingClientRect();
    if (box !== undefined) move(name, valueAt(Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)), domain));
  };
  return (
    <div class="fields-scale" data-testid="reading-scale">
      <div class="fields-line" ref={line}>
        {zonesOf(marks, domain).map(({ kind, from, to }) => <span key={`${kind}${from}`} class={`fields-zone ${kind}`} style={{ left: `${from * 100}%`, right: `${(1 - to) * 100}%` }} />)}
        {marksOf(marks).map(([name, value]) => (
          <button key={name} type="button" class={`fields-mark ${name}`} role="slider" aria-label={say(`fields.mark_${name}`)} aria-valuenow={value} aria-valuetext={`${value} ${unit}`} aria-valuemin={domain.from} aria-valuemax={domain.to} aria-readonly={readonly || undefined}
            disabled={readonly} style={{ left: `${shareOf(value, domain) * 100}%` }} title={`${say(`fields.mark_${name}`)}: ${value} ${unit}`}
            onPointerDown={(event) => { held.value = domain; event.currentTarget.setPointerCapture(event.pointerId); }}
            onPointerMove={(event) => { drag(event, name); }}
            onPointerUp={() => { held.value = null; }} onPointerCancel={() => { held.value = null; }}
            onKeyDown={(event) => { hearArrow(event, value, domain, (next) => { move(name, next); }); }}>
            <span aria-hidden="true">{value}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function hearArrow(event: KeyboardEvent, value: number, domain: Domain, move: (value: number) => void): void {
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
  if (by === undefined || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const step = stepOf(domain);
  move(Number((value + by * step).toPrecision(12)));
}

interface Zone { readonly kind: "fine" | "noticed" | "reasoned"; readonly from: number; readonly to: number }

/** From left to right: what needs a reason lies outside the soft limits, what is fine within the tolerance. */
function zonesOf({ tolerance, soft }: Marks, domain: Domain): readonly Zone[] {
  const share = (value: number | null, open: number): number => (value === null ? open : shareOf(value, domain));
  const [fineFrom, fineTo] = [share(tolerance[0], 0), share(tolerance[1], 1)];
  const [softFrom, softTo] = [soft[0] === null ? 0 : share(soft[0], 0), soft[1] === null ? 1 : share(soft[1], 1)];
  const zones: readonly Zone[] = [
    { kind: "reasoned", from: 0, to: softFrom }, { kind: "noticed", from: softFrom, to: fineFrom }, { kind: "fine", from: fineFrom, to: fineTo },
    { kind: "noticed", from: fineTo, to: softTo }, { kind: "reasoned", from: softTo, to: 1 },
  ];
  return zones.filter(({ from, to }) => to > from);
}
