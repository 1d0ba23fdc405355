import { type Added, addNode, type Command, connect, type Draft, joined, routesOf } from "../../model/index.ts";
import type { Place } from "../board.ts";
import type { Kind } from "../flow/kinds.ts";

/** A new node on a branch of its own, beside the ways that are there. It leads on to where the usual one does, so that only its condition is left to say. */
export function branched(draft: Draft, kind: Kind, from: string, onward: string): Added {
  const added = addNode(draft, kind);
  const node = added.command.apply(draft).template.nodes[added.id];
  const last = node?.kind === "parallel" ? node.join : added.id;
  const away = withMore(draft, added.command, (now) => connect(now, from, added.id, { rework: false }));
  return { id: added.id, command: withMore(draft, away, (now) => connect(now, last, onward, { rework: false })) };
}

function withMore(draft: Draft, command: Command, make: (now: Draft) => Command | null): Command {
  const more = make(command.apply(draft));
  return more === null ? command : joined(command, more);
}

/** Where a new branch from what `place` names leads on to; null where a node that is put there begins no branch. */
export function onwardOf({ template }: Draft, kind: Kind, place: Place): { readonly from: string; readonly onward: string } | null {
  if (!("after" in place) || place.isBranch !== true || kind === "end" || template.nodes[place.after]?.kind === "parallel") return null;
  const usual = routesOf(template.nodes[place.after]).findLast((edge) => edge.rework !== true);
  return usual === undefined ? null : { from: place.after, onward: usual.to };
}
