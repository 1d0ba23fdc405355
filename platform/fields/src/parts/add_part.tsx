import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { ScanSheet } from "../camera/scan_sheet.tsx";
import { type PartFound, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { useChoosing } from "./choosing.tsx";
import type { NewPart } from "./new_part.ts";
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
  const { choose, details } = useChoosing(id, add);
  const close = (): void => { mode.value = "closed"; };
  const chosen = (found: PartFound): void => { close(); choose(found); };
  const scanned = async (code: string): Promise<void> => {
    close();
    choose((await host.findParts(code)).find((each) => each.id === code) ?? { id: code, label: code });
  };
  return (
    <div class="row wrap part">
      <button type="button" class="button grow" data-testid="add-part" onClick={() => { mode.value = "search"; }}><Icon name="search" />{host.say("parts.add")}</button>
      <button type="button" class="button" data-testid="scan-part" onClick={() => { mode.value = "scan"; }}><Icon name="scan" />{host.say("parts.scan")}</button>
      {mode.value === "search" ? <PartSearch id={id} refused={refused} close={close} choose={chosen} /> : null}
      {mode.value === "scan" ? <ScanSheet label={host.say("parts.scan")} said="" close={close} found={({ code }) => { void scanned(code); }} /> : null}
      {details}
    </div>
  );
}
