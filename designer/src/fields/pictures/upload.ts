import { Refused, SignedOut, Unreachable } from "../../api/client.ts";
import type { Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import { NotAPicture, PictureTooLarge, resized } from "./resize.ts";

const ADDRESS = "/api/v1/template-pictures";
const TIME_OUT_MS = 120_000;

interface Told { readonly csrf_token: string; readonly photo_bytes: number }

/** Make the picture small, send it, and answer the name by which a template may have it. `progress` is told how much of it is sent, 0 to 1. */
export async function upload({ client }: Session, file: Blob, progress: (share: number) => void): Promise<string> {
  const told = await client.get<Told>("/session");
  const picture = await resized(file, told.photo_bytes);
  return await send(picture, told.csrf_token, progress);
}

/** Fetch cannot tell how far it is. */
async function send(picture: Blob, token: string, progress: (share: number) => void): Promise<string> {
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", ADDRESS);
    request.timeout = TIME_OUT_MS;
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", token);
    request.upload.onprogress = ({ loaded, total, lengthComputable: isKnown }) => { if (isKnown) progress(loaded / total); };
    request.onerror = () => { reject(new Unreachable("no answer")); };
    request.ontimeout = () => { reject(new Unreachable("no answer in time")); };
    request.onload = () => {
      const sha256 = (request.response as { readonly sha256?: string } | null)?.sha256;
      if (request.status === 201 && sha256 !== undefined) resolve(sha256);
      else reject(failureOf(request));
    };
    request.send(picture);
  });
}

interface Problems { readonly problems?: readonly { readonly code?: string }[] }

function failureOf({ status, response }: XMLHttpRequest): Error {
  if (status === 401) return new SignedOut();
  const code = (response as Problems | null)?.problems?.[0]?.code;
  if (code === undefined || status >= 500 || status === 429) return new Unreachable(`status ${status}`);
  return new Refused(status, code, {});
}

/** Why a picture was not taken, in words. */
export function whyNot(failure: unknown): string {
  if (failure instanceof NotAPicture) return say("fields.picture_none");
  if (failure instanceof PictureTooLarge) return say("fields.picture_too_large");
  if (failure instanceof SignedOut) return say("fields.picture_signed_out");
  if (failure instanceof Refused) return failure.status === 403 ? say("fields.picture_forbidden") : say("fields.picture_refused", { code: failure.code });
  return say("fields.picture_unreachable");
}
