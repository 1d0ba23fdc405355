import type { PhotoSize } from "@mendloop/fields";
import { Keeper } from "../photos/keeper.ts";
import { hashOf } from "../photos/hash.ts";
import { pictureFor } from "./pictures.ts";

/** Keeps pictures as long as the page is open, and makes one up where there is none. */
export class ScratchKeeper extends Keeper {
  readonly #pictures = new Map<string, string>();

  override async keep(picture: Blob): Promise<string> {
    return await this.keepAsIs(picture);
  }

  override async keepAsIs(picture: Blob): Promise<string> {
    const hash = await hashOf(await picture.arrayBuffer());
    if (!this.#pictures.has(hash)) this.#pictures.set(hash, URL.createObjectURL(picture));
    return hash;
  }

  override address(photo: string, _size: PhotoSize): Promise<string | null> {
    const known = this.#pictures.get(photo) ?? pictureFor(photo);
    if (known !== null) this.#pictures.set(photo, known);
    return Promise.resolve(known);
  }

  /** The template's own pictures are there already; nothing of them is kept. */
  override templatePicture(picture: string, size: PhotoSize): Promise<string | null> {
    return Promise.resolve(`/api/v1/template-pictures/${picture}?size=${size}`);
  }
}
