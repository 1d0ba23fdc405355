import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type RecommendedPart, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Chance } from "./chance.tsx";
import { useChoosing } from "./choosing.tsx";
import { unitName } from "./fitting.ts";
import { nameOf, type NewPart } from "./new_part.ts";

interface ProposalsProps {
  readonly id: string;
  readonly parts: readonly RecommendedPart[];
  add: (part: NewPart) => void;
}

/** So many are shown before somebody wants to see them all. */
const SHOWN = 3;

/** Parts that nobody planned and such repairs needed all the same: one tap each. */
export function Proposals({ id, parts, add }: ProposalsProps): JSX.Element | null {
  const host = useHost();
  const all = useSignal(false);
  const { choose, details } = useChoosing(`${id}-proposed`, add);
  const shown = all.value ? parts : parts.slice(0, SHOWN);
  if (parts.length === 0) return details;
  return (
    <section class="proposals" aria-labelledby={`${id}-proposals`} data-testid="proposals">
      <p class="quiet" id={`${id}-proposals`}>{host.say("parts.proposed")}</p>
      {shown.map((part) => <Proposed key={part.id} part={part} choose={() => { choose(part); }} />)}
      {shown.length === parts.length ? null : (
        <button type="button" class="button plain" data-testid="more-proposals" onClick={() => { all.value = true; }}>{host.say("parts.proposed_more", { n: parts.length - shown.length })}</button>
      )}
      {details}
    </section>
  );
}

function Proposed({ part, choose }: { readonly part: RecommendedPart; choose: () => void }): JSX.Element {
  const host = useHost();
  const name = nameOf(part, host.read);
  const unit = unitName(host, part.unit);
  return (
    <div class="part" data-testid={`proposed-${part.id}`}>
      <div class="row apart wrap">
        <span class="point-name">{name}</span>
        {name === part.id ? null : <span class="quiet code">{part.id}</span>}
      </div>
      <div class="row wrap">
        <button type="button" class="button" data-testid={`use-${part.id}`} onClick={choose}><Icon name="plus" />{host.say("parts.use", { n: 1, unit })}</button>
        <Chance name={name} part={part} />
      </div>
    </div>
  );
}
