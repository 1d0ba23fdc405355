import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { ScanSheet } from "../camera/scan_sheet.tsx";
import { type PartFound, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";

export interface AddPartProps {
  readonly id: string;
  add: (part: string, name: string) => void;
}

const PAUSE_MS = 250;

/** A part that nobody planned: searched by name or number, or scanned. */
export function AddPart({ id, add }: AddPartProps): JSX.Element {
  const host = useHost();
  const mode = useSignal<"closed" | "search" | "scan">("closed");
  const close = (): void => { mode.value = "closed"; };
  return (
    <div class="row wrap part">
      <button type="button" class="button grow" data-testid="add-part" onClick={() => { mode.value = "search"; }}><Icon name="search" />{host.say("parts.add")}</button>
      <button type="button" class="button" data-testid="scan-part" onClick={() => { mode.value = "scan"; }}><Icon name="scan" />{host.say("parts.scan")}</button>
      {mode.value === "search" ? <PartSearch id={id} close={close} add={(part, name) => { close(); add(part, name); }} /> : null}
      {mode.value === "scan" ? <ScanSheet label={host.say("parts.scan")} said="" close={close} found={({ code }) => { close(); add(code, code); }} /> : null}
    </div>
  );
}

function PartSearch({ id, add, close }: AddPartProps & { close: () => void }): JSX.Element {
  const host = useHost();
  const query = useSignal("");
  const found = useSignal<readonly PartFound[] | null>(null);
  useEffect(() => {
    const wait = setTimeout(() => { void host.findParts(query.value).then((parts) => { found.value = parts; }); }, PAUSE_MS);
    return () => { clearTimeout(wait); };
  }, [query.value]);
  const nameOf = (part: PartFound): string => (typeof part.label === "string" ? part.label : host.read(part.label)) || part.id;
  return (
    <Sheet label={host.say("parts.add")} name="part-search" close={close}>
      <h2>{host.say("parts.add")}</h2>
      <label class="sr-only" for={`${id}-query`}>{host.say("parts.query")}</label>
      <input class="input" id={`${id}-query`} data-testid="part-query" type="search" autocomplete="off" placeholder={host.say("parts.query")} value={query.value}
        onInput={(event) => { query.value = event.currentTarget.value; }} />
      <div class="stack" role="status">
        {found.value?.map((part) => (
          <button key={part.id} type="button" class="button" data-testid={`found-${part.id}`} onClick={() => { add(part.id, nameOf(part)); }}>
            <span class="grow">{nameOf(part)}</span><span class="quiet">{part.id}</span>
          </button>
        ))}
        {found.value?.length === 0 ? <p class="field-help">{host.say("parts.nothing")}</p> : null}
      </div>
      {query.value.trim() === "" || found.value?.length !== 0 ? null : (
        <button type="button" class="button" data-testid="add-unlisted" onClick={() => { add(query.value.trim(), query.value.trim()); }}><Icon name="plus" />{host.say("parts.unlisted", { name: query.value.trim() })}</button>
      )}
      <button type="button" class="button plain" onClick={close}>{host.say("close")}</button>
    </Sheet>
  );
}
