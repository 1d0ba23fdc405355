import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { ScanSheet } from "../camera/scan_sheet.tsx";
import { type PartFound, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { fitsProduct } from "./fitting.ts";
import { nameOf, type NewPart, noteOf } from "./new_part.ts";
import { PartDetails } from "./part_details.tsx";
import { PartSearch } from "./part_search.tsx";

export interface AddPartProps {
  readonly id: string;
  /** Numbers of parts that the plan refuses on this product. */
  readonly refused: readonly string[];
  add: (part: NewPart) => void;
}

/** A part that nobody planned: searched by name or number, or scanned. */
export function AddPart({ id, refused, add }: AddPartProps): JSX.Element {
  const host = useHost();
  const mode = useSignal<"closed" | "search" | "scan">("closed");
  const asked = useSignal<PartFound | null>(null);
  const close = (): void => { mode.value = "closed"; asked.value = null; };
  const done = (part: NewPart): void => { close(); add(part); };
  const choose = (found: PartFound): void => {
    mode.value = "closed";
    if (found.serial === true || !fitsProduct(found.fits, host.order.value)) asked.value = found;
    else done({ part: found.id, serial: "", note: noteOf(found, nameOf(found, host.read)) });
  };
  const scanned = async (code: string): Promise<void> => {
    close();
    choose((await host.findParts(code)).find((each) => each.id === code) ?? { id: code, label: code });
  };
  return (
    <div class="row wrap part">
      <button type="button" class="button grow" data-testid="add-part" onClick={() => { mode.value = "search"; }}><Icon name="search" />{host.say("parts.add")}</button>
      <button type="button" class="button" data-testid="scan-part" onClick={() => { mode.value = "scan"; }}><Icon name="scan" />{host.say("parts.scan")}</button>
      {mode.value === "search" ? <PartSearch id={id} refused={refused} close={close} choose={choose} /> : null}
      {mode.value === "scan" ? <ScanSheet label={host.say("parts.scan")} said="" close={close} found={({ code }) => { void scanned(code); }} /> : null}
      {asked.value === null ? null : <PartDetails id={id} found={asked.value} close={close} add={done} />}
    </div>
  );
}
