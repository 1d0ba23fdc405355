import { useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { language, say } from "../../words/index.ts";
import { link, type Stage } from "./link.ts";
import { lookNow, sizeOf } from "./settings.ts";

/** Around the screen: the phone's edge. */
const EDGE = 10;
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
  const [wide, high] = [width + 2 * EDGE, height + 2 * EDGE];
  return (
    <div class="phone-room" ref={room}>
      <div class="phone-place" style={{ width: `${wide * scale.value}px`, height: `${high * scale.value}px` }}>
        <div class={`phone ${look.value.device}`} data-testid="phone" data-theme={look.value.theme} style={{ width: `${wide}px`, height: `${high}px`, transform: `scale(${scale.value})` }}>
          <iframe ref={frame} src="/go/preview" title={say("preview.phone")} width={width} height={height} data-testid="phone-screen" />
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
  return Math.max(SMALLEST, Math.min(1, free.width / (width + 2 * EDGE), free.height / (height + 2 * EDGE)));
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
