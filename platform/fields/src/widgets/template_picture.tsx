import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useHost } from "../host.ts";

/** A picture of the template: from this phone when it is here, else from the server; words where it is nowhere to be had. */
export function TemplatePicture({ sha256, alt }: { readonly sha256: string; readonly alt: string }): JSX.Element | null {
  const host = useHost();
  const address = useSignal<string | null | undefined>(undefined);
  useEffect(() => {
    let current = true;
    void host.photos.templatePicture(sha256, "view").then((found) => { if (current) address.value = found; });
    return () => { current = false; };
  }, [sha256]);
  if (address.value === undefined) return <span class="coming" />;
  if (address.value === null) return <span class="absent">{host.say("instruction.picture_absent")}</span>;
  return <img src={address.value} alt={alt} draggable={false} decoding="async" data-picture={sha256} onError={() => { address.value = null; }} />;
}
