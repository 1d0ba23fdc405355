import { type Command, command, type Draft, type Field, fieldsOf, reachedFrom, type Template } from "../model/index.ts";

/** One shot of the template. */
export interface ShotPlace {
  readonly node: string;
  readonly field: string;
  readonly shot: string;
}

type Photo = Extract<Field, { readonly type: "photo" }>;

export function fullName({ node, field, shot }: ShotPlace): string {
  return `${node}.${field}.${shot}`;
}

/** The place that a `pair` names, seen from the step it stands in. */
export function placeNamed(pair: string, node: string): ShotPlace | null {
  const parts = pair.split(".");
  const [step, field, shot] = parts.length === 2 ? [node, ...parts] : parts;
  return step === undefined || field === undefined || shot === undefined ? null : { node: step, field, shot };
}

export function* shotsOf(template: Template): Generator<ShotPlace & { readonly pair: ShotPlace | null }> {
  for (const [node, found] of Object.entries(template.nodes)) {
    for (const field of fieldsOf(found)) {
      if (field.type !== "photo") continue;
      for (const shot of field.shots) yield { node, field: field.id, shot: shot.id, pair: shot.pair === undefined ? null : placeNamed(shot.pair, node) };
    }
  }
}

/** The shots that this one is compared with: the one it names, and all that name it. */
export function partnersOf(template: Template, place: ShotPlace): readonly ShotPlace[] {
  const mine = fullName(place);
  const found = [...shotsOf(template)].flatMap((each) => (each.pair === null ? [] : fullName(each) === mine ? [each.pair] : fullName(each.pair) === mine ? [each] : []));
  return found.filter((each, index) => found.findIndex((other) => fullName(other) === fullName(each)) === index);
}

/** Compare two shots. The one that is taken later names the earlier: there both are shown side by side. */
export function pairUp(draft: Draft, one: ShotPlace, other: ShotPlace): Command | null {
  const [earlier, later] = isBefore(draft, one, other) ? [one, other] : [other, one];
  return setPair(draft, later, earlier);
}

/** Undo a pair from whichever side it was written. */
export function partUp(draft: Draft, one: ShotPlace, other: ShotPlace): Command | null {
  return command(draft, { key: "edit.change_field" }, ({ template }) => {
    for (const [mine, theirs] of [[one, other], [other, one]] as const) {
      const shot = shotAt(template, mine) as { pair?: string } | undefined;
      const named = shot?.pair === undefined ? null : placeNamed(shot.pair, mine.node);
      if (shot !== undefined && named !== null && fullName(named) === fullName(theirs)) delete shot.pair;
    }
  });
}

function setPair(draft: Draft, later: ShotPlace, earlier: ShotPlace): Command | null {
  return command(draft, { key: "edit.change_field" }, ({ template }) => {
    const shot = shotAt(template, later) as { pair?: string } | undefined;
    if (shot !== undefined) shot.pair = later.node === earlier.node ? `${earlier.field}.${earlier.shot}` : fullName(earlier);
  });
}

function shotAt(template: Template, { node, field, shot }: ShotPlace): Photo["shots"][number] | undefined {
  const photo = fieldsOf(template.nodes[node]).find((each): each is Photo => each.id === field && each.type === "photo");
  return photo?.shots.find(({ id }) => id === shot);
}

/** True when `one` is taken before `other`: above it in the step, or in a step from which the other is reached. */
function isBefore({ template }: Draft, one: ShotPlace, other: ShotPlace): boolean {
  if (one.node !== other.node) return reachedFrom(template, one.node).has(other.node);
  const order = [...shotsOf(template)].filter(({ node }) => node === one.node).map(fullName);
  return order.indexOf(fullName(one)) < order.indexOf(fullName(other));
}
