import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { whyNotKept, type WhyNotKept } from "./why_not_kept.ts";

/** A picture that the phone has already; says so where it cannot be kept. */
export function FromGallery({ add }: { add: (photo: string) => void }): JSX.Element {
  const host = useHost();
  const failed = useSignal<WhyNotKept | null>(null);
  const keep = async (input: HTMLInputElement): Promise<void> => {
    failed.value = null;
    try {
      for (const file of input.files ?? []) add(await host.photos.keep(file));
    } catch (failure) {
      failed.value = whyNotKept(failure);
    } finally {
      input.value = ""; // the same file may be chosen again
    }
  };
  return (
    <>
      <label class="shoot">
        <Icon name="gallery" /><span>{host.say("photo.gallery")}</span>
        <input class="sr-only" type="file" accept="image/*" data-testid="gallery" onChange={(event) => { void keep(event.currentTarget); }} />
      </label>
      {failed.value === null ? null : <p class="problem-line" role="alert" data-testid="not-kept"><Icon name="warning" /><span>{host.say(failed.value)}</span></p>}
    </>
  );
}
