import type { Store } from "../store/database.ts";
import { keepGiven, unknownPhotos } from "../store/photos.ts";

interface Settings { readonly pictures?: readonly { readonly sha256: string }[] | null }
interface Pictured { readonly nodes?: Readonly<Record<string, { readonly fields?: readonly { readonly settings?: Settings }[] }>> }

/** The hashes of every picture that the plan's instructions show. */
export function picturesOf(plan: unknown): readonly string[] {
  const fields = Object.values((plan as Pictured).nodes ?? {}).flatMap((node) => node.fields ?? []);
  return [...new Set(fields.flatMap(({ settings }) => settings?.pictures ?? []).map(({ sha256 }) => sha256))];
}

/** Have the plan's pictures on this phone, for where there is no network. What cannot be had now is asked for the next time. */
export async function keepPicturesOf(store: Store, plan: unknown): Promise<void> {
  for (const sha256 of await unknownPhotos(store, picturesOf(plan))) {
    const picture = await fetched(`/api/v1/template-pictures/${sha256}?size=view`);
    if (picture === "unreachable") return;
    if (picture !== null) await keepGiven(store, sha256, picture);
  }
}

async function fetched(address: string): Promise<Blob | "unreachable" | null> {
  try {
    const response = await fetch(address, { credentials: "same-origin", redirect: "manual" });
    const isPicture = response.ok && (response.headers.get("Content-Type") ?? "").startsWith("image/");
    return isPicture ? await response.blob() : null;
  } catch {
    return "unreachable"; // no network, or it broke off: the next time
  }
}
