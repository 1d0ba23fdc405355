import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { type PhotoSize, useHost } from "../host.ts";

export interface PictureProps {
  readonly photo: string;
  readonly size: PhotoSize;
  readonly alt: string;
  readonly look?: string;
}

/** A kept picture by its hash: from this phone when it is here, else from the server. */
export function Picture({ photo, size, alt, look = "" }: PictureProps): JSX.Element {
  const host = useHost();
  const address = useSignal<string | null | undefined>(undefined);
  useEffect(() => {
    let current = true;
    void host.photos.address(photo, size).then((found) => { if (current) address.value = found; });
    return () => { current = false; };
  }, [photo, size]);
  if (address.value === null) return <span role="img" aria-label={alt}>{host.say("photo.elsewhere")}</span>;
  return <img class={look} src={address.value} alt={alt} draggable={false} data-photo={photo} />;
}
