import type { Plan, Role } from "@mendloop/engine";

/** Somebody made up who has one of the template's roles. */
export interface Person {
  readonly id: string;
  readonly role: string;
  readonly name: string;
}

const NAMES = ["Ada", "Bo", "Cy", "Di", "Eva", "Finn", "Gus", "Hana", "Ivo", "Jun", "Kai", "Lea", "Mo", "Nia", "Oto", "Pia"];

/** Two people for each role, as scenarios name them: `engineer` and `engineer:2`. */
export function peopleOf(roles: Readonly<Record<string, Role>>): readonly Person[] {
  return Object.keys(roles).flatMap((role, place) => [
    { id: role, role, name: nameAt(2 * place) },
    { id: `${role}:2`, role, name: nameAt(2 * place + 1) },
  ]);
}

export function namesOf(plan: Pick<Plan, "roles">): Readonly<Record<string, string>> {
  return Object.fromEntries(peopleOf(plan.roles).map(({ id, name }) => [id, name]));
}

export function roleOf(person: string): string {
  return person.split(":")[0] ?? person;
}

/** A second person of the same role. */
export function somebodyElse(person: string): string {
  const [role = "", number = "1"] = person.split(":");
  return `${role}:${Number(number) + 1}`;
}

function nameAt(place: number): string {
  const name = NAMES[place % NAMES.length] ?? "";
  return place < NAMES.length ? name : `${name} ${Math.floor(place / NAMES.length) + 1}`;
}
