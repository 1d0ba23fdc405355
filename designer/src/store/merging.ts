import { Unreachable } from "../api/client.ts";
import { later } from "../later.ts";
import type { Merging } from "../model/index.ts";
import type { merge } from "../model/merge/index.ts";

export type Together = Merging & { readonly merge: typeof merge };

const part = later<Together>(async () => await import("../model/merge/index.ts"));

/** What puts edits of several people together: wanted when others have saved. Throws Unreachable where it cannot be fetched. */
export async function together(): Promise<Together> {
  const here = part.here();
  if (here !== null) return here;
  try {
    return await part.get();
  } catch (failure) {
    throw new Unreachable("what merges is not here", { cause: failure });
  }
}
