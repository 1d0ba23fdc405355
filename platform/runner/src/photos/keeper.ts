import { NotAPicture, PictureTooLarge, type PhotoKeeper, type PhotoSize } from "@mendloop/fields/host.ts";
import type { Store } from "../store/database.ts";
import { findPhoto, keepPhoto } from "../store/photos.ts";
import { hashOf } from "./hash.ts";
import type { ResizeAnswer, ResizeAsked } from "./worker.ts";

/** Makes pictures small beside the page, names them by their hash, keeps them, and finds them again. */
export class Keeper implements PhotoKeeper {
  #worker: Worker | null = null;
  #asked = 0;
  readonly #addresses = new Map<string, string>();

  /** `most`: how many bytes a picture may have that the server takes. */
  constructor(private readonly store: Store, public most: number) {}

  async keep(picture: Blob): Promise<string> {
    const smaller = await this.#resized(picture);
    if (smaller === null) throw new PictureTooLarge(`more than ${String(this.most)} bytes`);
    return await this.keepAsIs(smaller);
  }

  async keepAsIs(picture: Blob): Promise<string> {
    if (picture.size > this.most) throw new PictureTooLarge(`more than ${String(this.most)} bytes`);
    const sha256 = await hashOf(await picture.arrayBuffer());
    await keepPhoto(this.store, sha256, picture);
    return sha256;
  }

  async address(photo: string, size: PhotoSize): Promise<string | null> {
    const kept = await this.#kept(photo);
    return kept ?? `/api/v1/photos/${photo}?size=${size}`;
  }

  /** The address of what lies on this phone; null when that is not here. */
  async #kept(photo: string): Promise<string | null> {
    const known = this.#addresses.get(photo);
    if (known !== undefined) return known;
    const stored = await findPhoto(this.store, photo);
    if (stored === undefined) return null;
    const address = URL.createObjectURL(stored.picture);
    this.#addresses.set(photo, address);
    return address;
  }

  async templatePicture(picture: string, size: PhotoSize): Promise<string | null> {
    const kept = await this.#kept(picture);
    return kept ?? `/api/v1/template-pictures/${picture}?size=${size}`;
  }

  async #resized(picture: Blob): Promise<Blob | null> {
    this.#worker ??= new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    const worker = this.#worker;
    const id = (this.#asked += 1);
    return await new Promise((resolve, reject) => {
      const hear = (event: MessageEvent<ResizeAnswer>): void => {
        if (event.data.id !== id) return;
        worker.removeEventListener("message", hear);
        if ("picture" in event.data) resolve(event.data.picture);
        else reject(new NotAPicture(event.data.failure));
      };
      worker.addEventListener("message", hear);
      worker.addEventListener("error", () => { reject(new Error("the picture's worker did not start")); }, { once: true });
      worker.postMessage({ id, picture, most: this.most } satisfies ResizeAsked);
    });
  }
}
