import { NotAPicture, PictureTooLarge } from "../host.ts";

export type WhyNotKept = "photo.not_picture" | "photo.too_large" | "photo.not_kept";

/** Why a picture was not kept, in words. */
export function whyNotKept(failure: unknown): WhyNotKept {
  if (failure instanceof PictureTooLarge) return "photo.too_large";
  return failure instanceof NotAPicture ? "photo.not_picture" : "photo.not_kept";
}
