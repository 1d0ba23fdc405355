import { resized } from "./resize.ts";

export interface ResizeAsked { readonly id: number; readonly picture: Blob }
export type ResizeAnswer = { readonly id: number; readonly picture: Blob } | { readonly id: number; readonly failure: string };

addEventListener("message", (event: MessageEvent<ResizeAsked>) => {
  const { id, picture } = event.data;
  void resized(picture).then(
    (smaller) => { postMessage({ id, picture: smaller } satisfies ResizeAnswer); },
    (failure: unknown) => { postMessage({ id, failure: String(failure) } satisfies ResizeAnswer); },
  );
});
