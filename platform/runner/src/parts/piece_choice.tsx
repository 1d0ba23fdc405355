import { ScanSheet } from "@mendloop/fields/camera/scan_sheet.tsx";
import { Icon } from "@mendloop/fields";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { say } from "../words/index.ts";
import { serialIn } from "./pieces.ts";
import { same } from "./reading_codes.ts";
import type { NearPiece } from "./types.ts";

interface ChoiceProps {
  readonly number: string;
  /** What lies near, nearest first. */
  readonly near: readonly NearPiece[];
  choose: (serial: string) => void;
}

/** So many are shown; what is typed finds the others. */
const SHOWN = 12;

/** Which piece it is: one of those near by with a tap, any other by its serial number, typed or scanned. */
export function PieceChoice({ number, near, choose }: ChoiceProps): JSX.Element {
  const typed = useSignal("");
  const scanning = useSignal(false);
  const told = (code: string): void => {
    const serial = serialIn(code, number);
    if (serial !== null) choose(near.find((piece) => same(piece.serial, serial))?.serial ?? serial);
  };
  const shown = near.filter(({ serial }) => serial.toUpperCase().includes(typed.value.trim().toUpperCase())).slice(0, SHOWN);
  const label = say("order_parts.serial_of", { part: number });
  return (
    <div class="stack" role="group" aria-label={label} data-testid={`pieces-${number}`}>
      {shown.length === 0 ? null : <div class="choices">{shown.map(({ serial }) => <button key={serial} type="button" class="button big code" data-testid={`piece-${serial}`} onClick={() => { choose(serial); }}>{serial}</button>)}</div>}
      <form class="with-unit" onSubmit={(event) => { event.preventDefault(); told(typed.value); typed.value = ""; }}>
        <input class="input grow" data-testid={`serial-typed-${number}`} aria-label={label} autocomplete="off" autocapitalize="characters" maxLength={200} placeholder={say("order_parts.serial")} value={typed.value} onInput={(event) => { typed.value = event.currentTarget.value; }} />
        <button type="button" class="button icon" data-testid={`serial-scan-${number}`} aria-label={say("order_parts.scan_serial")} onClick={() => { scanning.value = true; }}><Icon name="scan" /></button>
        <button type="submit" class="button" data-testid={`serial-add-${number}`}>{say("add")}</button>
      </form>
      {scanning.value ? <ScanSheet label={label} said="" found={({ code }) => { scanning.value = false; told(code); }} close={() => { scanning.value = false; }} /> : null}
    </div>
  );
}
