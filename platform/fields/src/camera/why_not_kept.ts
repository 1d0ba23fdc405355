import { NotAPicture } from "../host.ts";

/** Why a picture was not kept, in words. */
export function whyNotKept(failure: unknown): "photo.not_picture" | "photo.not_kept" {
  return failure instanceof NotAPicture ? "photo.not_picture" : "photo.not_kept";
}
