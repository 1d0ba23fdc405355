import type { JSX } from "preact";
import type { Colleague } from "../session.ts";
import { say } from "../words/index.ts";

const SHOWN = 4;

/** Who else has this draft open. */
export function People({ people }: { readonly people: readonly Colleague[] }): JSX.Element | null {
  if (people.length === 0) return null;
  const names = people.map(({ name }) => name).join(", ");
  return (
    <p class="people" data-testid="people" title={say("shell.also_here", { names })}>
      <span class="unseen">{say("shell.also_here", { names })}</span>
      {people.slice(0, SHOWN).map((person) => <i key={person.session} aria-hidden="true" style={{ "--hue": hueOf(person.session) }}>{initials(person.name)}</i>)}
      {people.length > SHOWN ? <i aria-hidden="true">+{people.length - SHOWN}</i> : null}
    </p>
  );
}

/** A colour for somebody, the same wherever they are drawn: a hue in degrees. */
export function hueOf(session: string): number {
  let sum = 0;
  for (const letter of session) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}

/** The first letters of two words, else the first two letters: of "Wen", "We"; of "林主管", "林主". */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => Array.from(word).slice(0, 1)) : [Array.from(name).slice(0, 2)];
  return letters.flat().join("");
}
