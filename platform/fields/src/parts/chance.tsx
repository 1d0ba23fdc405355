import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type RecommendedPart, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";

interface ChanceProps {
  readonly name: string;
  readonly part: RecommendedPart;
}

/** From which probability on each word is said. */
const WORDS = [["always", 0.85], ["likely", 0.6], ["possible", 0.3], ["sometimes", 0.1]] as const;
const LIKELY = 0.6;

/** How probable it is that a part is needed; why, for who asks. */
export function Chance({ name, part: { id, probability, why } }: ChanceProps): JSX.Element {
  const host = useHost();
  const asked = useSignal(false);
  const word = WORDS.find(([, from]) => probability >= from)?.[0] ?? "seldom";
  return (
    <>
      <button type="button" class="button plain chance" aria-expanded={asked.value} data-testid={`chance-${id}`} onClick={() => { asked.value = !asked.value; }}>
        <span class={probability >= LIKELY ? "chip ok" : "chip"}>{host.say(`parts.chance_${word}`, { n: percentOf(probability) })}</span>
        <Icon name="info" /><span class="sr-only">{host.say("parts.why_likely", { name })}</span>
      </button>
      {asked.value ? <p class="field-help why" data-testid={`why-${id}`}>{host.read(why)}</p> : null}
    </>
  );
}

/** Nothing is certain: neither 0 nor 100 is said. */
export function percentOf(probability: number): number {
  return Math.min(99, Math.max(1, Math.round(probability * 100)));
}
