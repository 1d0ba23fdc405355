import { whenWanted } from "../../later.ts";
import type { Arrangement, Flow } from "./arrange.ts";
import { plainLayer } from "./rows.ts";

/** More nodes than this are arranged in a worker. */
const AT_ONCE = 200;

/** Arranges flows; what does the work is fetched when it is first needed. Only the newest flow is answered. */
export class Layouter {
  #turn = 0;
  #worker: Worker | null = null;

  /** `answer` is called with the arrangement, unless another was asked for meanwhile. */
  arrange(flow: Flow, answer: (arrangement: Arrangement) => void): void {
    const turn = (this.#turn += 1);
    const tell = (arrangement: Arrangement): void => { if (turn === this.#turn) answer(arrangement); };
    if (flow.items.length > AT_ONCE) this.#beside(turn, flow, tell);
    else void here(flow).then(tell);
  }

  close(): void {
    this.#turn += 1;
    this.#worker?.terminate();
    this.#worker = null;
  }

  #beside(turn: number, flow: Flow, tell: (arrangement: Arrangement) => void): void {
    this.#worker?.terminate(); // what it works on is out of date
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<{ readonly turn: number; readonly arrangement: Arrangement }>) => { if (data.turn === turn) tell(data.arrangement); };
    worker.onerror = () => { tell(plainly(flow)); };
    worker.postMessage({ turn, flow });
  }
}

/** Rows without art: see `plainLayer`. */
export function plainly(flow: Flow): Arrangement {
  return plainLayer(flow.items, flow.ties);
}

/** What arranges small flows. Whoever knows before that it will be wanted fetches it beside the rest. */
export const arranging = whenWanted(async () => await import("./arranging.ts"));

async function here(flow: Flow): Promise<Arrangement> {
  try {
    return (await arranging.get()).arranged(flow);
  } catch {
    return plainly(flow); // without network, or a flow that dagre does not take: still a flow that can be worked on
  }
}
