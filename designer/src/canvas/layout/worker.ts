import type { Flow } from "./arrange.ts";
import { arranged } from "./arranging.ts";

/** Arranges large flows beside the page: `{turn, flow}` in, `{turn, arrangement}` out. */
addEventListener("message", ({ data }: MessageEvent<{ readonly turn: number; readonly flow: Flow }>) => {
  postMessage({ turn: data.turn, arrangement: arranged(data.flow) });
});
