import type { JsonObject, Words } from "@mendloop/engine";
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Picture } from "../camera/picture.tsx";
import { type FieldProps, setting, useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { SignaturePadBox } from "../pieces.ts";

/** A name and a signature drawn by finger. What is signed is said above the line. */
export function SignatureWidget({ field, id, answer, readonly, change, settle }: FieldProps): JSX.Element {
  const host = useHost();
  const signed = (typeof answer === "object" && answer !== null ? answer : {}) as JsonObject;
  const image = typeof signed["image"] === "string" ? signed["image"] : null;
  const proposed = setting<string>(field.settings, "who") === "customer" ? "" : host.person.name;
  const name = useSignal(typeof signed["name"] === "string" ? signed["name"] : proposed);
  const put = (next: string, picture: string | null): void => {
    change(picture === null ? null : { ...signed, name: next.trim(), image: picture });
  };
  const here = useSignal(false);
  const keep = async (picture: Blob): Promise<void> => {
    const photo = await host.photos.keepAsIs(picture);
    here.value = true;
    put(name.value, photo);
    settle();
  };
  const forget = (): void => { put(name.value, null); settle(); };
  const meaning = host.read(setting<Words>(field.settings, "meaning"));
  return (
    <>
      {meaning === "" ? null : <p class="field-help">{meaning}</p>}
      <label class="stack" for={`${id}-name`}><span>{host.say("signature.name")}</span></label>
      <input class="input" id={`${id}-name`} data-testid="signer" autocomplete="name" readOnly={readonly} value={name.value}
        onInput={(event) => { name.value = event.currentTarget.value; if (image !== null) put(name.value, image); }} onBlur={settle} />
      {!readonly && (image === null || here.value) ? <SignaturePadBox field={field.id} ready={name.value.trim() !== ""} kept={image !== null} keep={keep} forget={forget} /> : image === null ? null : (
        <>
          <span class="signed"><Picture photo={image} size="view" alt={host.say("signature.of", { name: name.value })} /></span>
          {readonly ? null : <button type="button" class="button" data-testid="sign-again" onClick={forget}><Icon name="again" />{host.say("signature.again")}</button>}
        </>
      )}
    </>
  );
}
