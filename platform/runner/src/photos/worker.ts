import { resized } from "./resize.ts";

export interface ResizeAsked { readonly id: number; readonly picture: Blob; readonly most: number }
/** `picture` is null when it cannot be made small enough. */
export type ResizeAnswer = { readonly id: number; readonly picture: Blob | null } | { readonly id: number; readonly failure: string };

let last: Promise<void> = Promise.resolve();

/** One after the other: several large pictures at once are more than a small phone's memory. */
addEventListener("message", (event: MessageEvent<ResizeAsked>) => {
  last = last.then(async () => { await answer(event.data); });
});

async function answer({ id, picture, most }: ResizeAsked): Promise<void> {
  try {
    postMessage({ id, picture: await resized(picture, most) } satisfies ResizeAnswer);
  } catch (failure) {
    postMessage({ id, failure: String(failure) } satisfies ResizeAnswer);
  }
}
