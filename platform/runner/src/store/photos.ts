import { type StoredPhoto, STRICT, type Store } from "./database.ts";

/** Keep a picture under its hash. It is on disk when this has settled; only then may anything name it. */
export async function keepPhoto(store: Store, sha256: string, picture: Blob): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction("photos", "readwrite", STRICT);
    const known = await tx.store.get(sha256);
    if (known === undefined) await tx.store.put({ sha256, picture, kept_at: new Date().toISOString(), sent_at: null, refused: null });
    await tx.done;
  });
}

/** Keep a picture of a template, under the hash by which the server has it. It stays as long as plans do. */
export async function keepGiven(store: Store, sha256: string, picture: Blob): Promise<void> {
  const now = new Date().toISOString();
  await store.use(async (database) => {
    const tx = database.transaction("photos", "readwrite");
    const known = await tx.store.get(sha256);
    if (known === undefined) await tx.store.put({ sha256, picture, kept_at: now, sent_at: now, refused: null, of_template: true });
    await tx.done;
  });
}

/** Of these, the hashes of pictures that are not here. */
export async function unknownPhotos(store: Store, hashes: readonly string[]): Promise<readonly string[]> {
  if (hashes.length === 0) return [];
  const here = new Set(await store.use(async (database) => await database.getAllKeys("photos")));
  return hashes.filter((sha256) => !here.has(sha256));
}

export async function findPhoto(store: Store, sha256: string): Promise<StoredPhoto | undefined> {
  return await store.use(async (database) => await database.get("photos", sha256));
}

/** Of these, the pictures that are here and that the server has not got and would take. */
export async function unsentPhotos(store: Store, hashes: readonly string[]): Promise<readonly StoredPhoto[]> {
  const found = await Promise.all([...new Set(hashes)].map(async (sha256) => await findPhoto(store, sha256)));
  return found.filter((photo) => photo !== undefined).filter(({ sent_at, refused }) => sent_at === null && refused === null);
}

/** Of these, the pictures that the server did not take. */
export async function refusedPhotos(store: Store, hashes: readonly string[]): Promise<readonly StoredPhoto[]> {
  const found = await Promise.all([...new Set(hashes)].map(async (sha256) => await findPhoto(store, sha256)));
  return found.filter((photo) => photo !== undefined).filter(({ refused }) => refused !== null);
}

/** Try the refused ones once more: the server may take today what it did not take yesterday. */
export async function forgiveRefused(store: Store): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction("photos", "readwrite");
    for (const photo of await tx.store.getAll()) if (photo.refused !== null) await tx.store.put({ ...photo, refused: null });
    await tx.done;
  });
}

export async function markPhoto(store: Store, sha256: string, change: Pick<StoredPhoto, "sent_at" | "refused" | "refused_params">): Promise<void> {
  await store.use(async (database) => {
    const tx = database.transaction("photos", "readwrite", STRICT);
    const photo = await tx.store.get(sha256);
    if (photo !== undefined) await tx.store.put({ ...photo, ...change });
    await tx.done;
  });
}
