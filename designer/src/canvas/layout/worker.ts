import { arrange, type Flow } from "./arrange.ts";
import { dagreLayer } from "./dagre.ts";
import { inSections } from "./sections.ts";

/** Arranges large flows beside the page: `{turn, flow}` in, `{turn, arrangement}` out. */
addEventListener("message", ({ data }: MessageEvent<{ readonly turn: number; readonly flow: Flow }>) => {
  postMessage({ turn: data.turn, arrangement: arrange(data.flow, inSections(dagreLayer)) });
});
