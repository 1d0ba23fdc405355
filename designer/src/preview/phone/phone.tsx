import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { language, say } from "../../words/index.ts";
import { link, type Stage } from "./link.ts";
import { lookNow, sizeOf } from "./settings.ts";

/** Around the screen: the phone's edge. */
const EDGE = 8;
const SMALLEST = 0.3;

/** A phone as large as there is room, never larger than a real one. Its screen is the engineer's own app. */
export function Phone({ stage }: { readonly stage: Stage }): JSX.Element {
  const room = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const scale = useSignal(SMALLEST);
  const look = useComputed(() => lookNow(language.value));
  const { width, height } = sizeOf(look.value);
  useLayoutEffect(() => follow(room.current, (free) => { scale.value = fitting(free, width, height); }), [width, height]);
  useEffect(() => (frame.current === null ? undefined : link(frame.current, stage, look)), [stage]);
  const [wide, high] = [Math.round(width * scale.value), Math.round(height * scale.value)]; // whole pixels: no seams at the edge
  const round = (look.value.device === "tablet" ? 20 : 36) * scale.value;
  return (
    <div class="phone-room" ref={room}>
      <div class="phone" data-testid="phone" data-device={look.value.device} style={{ borderRadius: `${round + EDGE}px` }}>
        <div class="phone-glass" style={{ width: `${wide}px`, height: `${high}px`, borderRadius: `${round}px` }}>
          <iframe ref={frame} src="/go/preview" title={say("preview.phone")} width={width} height={height} data-testid="phone-screen"
            style={{ transform: `scale(${Math.max(wide / width, high / height)})` }} />
        </div>
      </div>
    </div>
  );
}

interface Room {
  readonly width: number;
  readonly height: number;
}

function fitting(free: Room, width: number, height: number): number {
  return Math.max(SMALLEST, Math.min(1, (free.width - 2 * EDGE) / width, (free.height - 2 * EDGE) / height));
}

/** Say how much room there is, now and whenever it changes. */
function follow(room: HTMLElement | null, say: (free: Room) => void): (() => void) | undefined {
  if (room === null) return undefined;
  const tell = (): void => { say({ width: room.clientWidth, height: room.clientHeight }); };
  const watcher = new ResizeObserver(tell);
  watcher.observe(room);
  tell();
  return () => { watcher.disconnect(); };
}
