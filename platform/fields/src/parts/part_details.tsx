import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type PartFound, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";
import { fitsProduct, unitName } from "./fitting.ts";
import { nameOf, type NewPart, noteOf } from "./new_part.ts";

interface DetailsProps {
  readonly id: string;
  readonly found: PartFound;
  add: (part: NewPart) => void;
  close: () => void;
}

/** What a part wants before it is recorded: its serial number; why it is used on what it was not made for. */
export function PartDetails({ id, found, add, close }: DetailsProps): JSX.Element {
  const host = useHost();
  const serial = useSignal("");
  const reason = useSignal("");
  const name = nameOf(found, host.read);
  const fits = fitsProduct(found.fits, host.order.value);
  const lacks = (found.serial === true && serial.value.trim() === "") || (!fits && reason.value.trim() === "");
  const record = (): void => { add({ part: found.id, serial: serial.value.trim(), note: noteOf(found, name, reason.value.trim()) }); };
  return (
    <Sheet label={name} name="part-details" close={close}>
      <h2>{name} <span class="quiet code">{found.id}</span></h2>
      {fits ? null : (
        <>
          <div class="note warn" role="alert"><Icon name="warning" /><div><p><strong>{host.say("parts.wrong_product")}</strong></p></div></div>
          <label class="field-label" for={`${id}-why`}>{host.say("parts.why")}</label>
          <textarea class="input" id={`${id}-why`} data-testid="part-why" maxLength={200} value={reason.value} onInput={(event) => { reason.value = event.currentTarget.value; }} />
        </>
      )}
      {found.serial === true ? (
        <>
          <label class="field-label" for={`${id}-new-serial`}>{host.say("parts.serial")}</label>
          <input class="input" id={`${id}-new-serial`} data-testid="part-serial" autocomplete="off" maxLength={200} value={serial.value} onInput={(event) => { serial.value = event.currentTarget.value; }} />
        </>
      ) : null}
      <button type="button" class="button primary wide" data-testid="record-part" disabled={lacks} onClick={record}><Icon name="plus" />{host.say("parts.use", { n: 1, unit: unitName(host, found.unit) })}</button>
      <button type="button" class="button plain" onClick={close}>{host.say("close")}</button>
    </Sheet>
  );
}
