import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type PartFound, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";
import { fitsProduct } from "./fitting.ts";
import { nameOf } from "./new_part.ts";

interface SearchProps {
  readonly id: string;
  readonly refused: readonly string[];
  choose: (found: PartFound) => void;
  close: () => void;
}

const PAUSE_MS = 250;

/** Parts that fit what the order is about first; the others below, behind a word of warning. */
export function PartSearch({ id, refused, choose, close }: SearchProps): JSX.Element {
  const host = useHost();
  const query = useSignal("");
  const found = useSignal<readonly PartFound[] | null>(null);
  useEffect(() => {
    const wait = setTimeout(() => { void host.findParts(query.value).then((parts) => { found.value = parts; }); }, PAUSE_MS);
    return () => { clearTimeout(wait); };
  }, [query.value]);
  const typed = query.value.trim();
  const fitting = (found.value ?? []).filter(({ fits }) => fitsProduct(fits, host.order.value));
  const others = (found.value ?? []).filter((each) => !fitting.includes(each));
  return (
    <Sheet label={host.say("parts.add")} name="part-search" close={close}>
      <h2>{host.say("parts.add")}</h2>
      <label class="sr-only" for={`${id}-query`}>{host.say("parts.query")}</label>
      <input class="input" id={`${id}-query`} data-testid="part-query" type="search" autocomplete="off" placeholder={host.say("parts.query")} value={query.value}
        onInput={(event) => { query.value = event.currentTarget.value; }} />
      <div class="stack" role="status">
        {fitting.map((part) => <Found key={part.id} part={part} refused={refused.includes(part.id)} choose={choose} />)}
        {found.value?.length === 0 ? <p class="field-help">{host.say("parts.nothing")}</p> : null}
        {others.length === 0 ? null : <div class="note warn" data-testid="not-fitting"><Icon name="warning" /><div><p>{host.say("parts.not_fitting")}</p></div></div>}
        {others.map((part) => <Found key={part.id} part={part} refused={refused.includes(part.id)} choose={choose} />)}
      </div>
      {typed === "" || found.value?.length !== 0 ? null : (
        <button type="button" class="button" data-testid="add-unlisted" onClick={() => { choose({ id: typed, label: typed }); }}><Icon name="plus" />{host.say("parts.unlisted", { name: typed })}</button>
      )}
      <button type="button" class="button plain" onClick={close}>{host.say("close")}</button>
    </Sheet>
  );
}

interface FoundProps {
  readonly part: PartFound;
  readonly refused: boolean;
  choose: (found: PartFound) => void;
}

function Found({ part, refused, choose }: FoundProps): JSX.Element {
  const host = useHost();
  return (
    <button type="button" class="button found" data-testid={`found-${part.id}`} disabled={refused} onClick={() => { choose(part); }}>
      <span class="grow">{nameOf(part, host.read)}</span><span class="quiet code">{part.id}</span>
    </button>
  );
}
