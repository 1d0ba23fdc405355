import { type Signal, useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import SignaturePad from "signature_pad";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { takeBeforeLeaving } from "../pen.ts";

export interface PadProps {
  readonly field: string;
  readonly ready: boolean;
  readonly kept: boolean;
  keep: (picture: Blob) => Promise<void>;
  forget: () => void;
}

/** A pen that is lifted this long has signed. Names are written in several strokes. */
const REST_MS = 1_000;

/** Where a finger signs. What is drawn counts by itself: when the pen rests, and at the latest when the step is finished. */
export function SignaturePadBox({ field, ready, kept, keep, forget }: PadProps): JSX.Element {
  const host = useHost();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const drawn = useSignal(false);
  const failed = useSignal(false);
  const take = useTaking({ canvas, ready, keep, failed });
  useEffect(() => {
    if (canvas.current === null) return;
    const made = prepared(canvas.current);
    pad.current = made;
    made.addEventListener("beginStroke", take.hold);
    made.addEventListener("endStroke", () => { drawn.value = true; take.soon(); });
    return () => { made.off(); };
  }, []);
  const clear = (): void => { pad.current?.clear(); drawn.value = false; take.never(); forget(); };
  return (
    <>
      <div class="pad"><canvas ref={canvas} data-testid={`pad-${field}`} role="img" aria-label={host.say("signature.pad")} /></div>
      {failed.value ? <div class="note danger" role="alert"><Icon name="warning" /><div><p>{host.say("photo.not_kept")}</p></div></div> : null}
      <div class="row wrap">
        <button type="button" class="button" disabled={!drawn.value} onClick={clear}>{host.say("signature.clear")}</button>
        <span class="grow" role="status">
          {drawn.value && !ready ? <span class="field-help">{host.say("signature.name_first")}</span> : null}
          {drawn.value && kept ? <span class="chip ok" data-testid={`signed-${field}`}><Icon name="check" />{host.say("signature.kept")}</span> : null}
        </span>
      </div>
    </>
  );
}

interface Taking {
  soon: () => void;
  hold: () => void;
  never: () => void;
}

/** Takes the drawing over when the pen rests, when the name comes after it, and when the step is left. */
function useTaking({ canvas, ready, keep, failed }: Pick<PadProps, "ready" | "keep"> & { readonly canvas: RefObject<HTMLCanvasElement | null>; readonly failed: Signal<boolean> }): Taking {
  const fresh = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef({ ready, keep });
  latest.current = { ready, keep };
  const taking = useMemo(() => {
    let drawing: HTMLCanvasElement | null = null;
    const take = async (): Promise<void> => {
      clearTimeout(timer.current);
      drawing = canvas.current ?? drawing;
      if (!fresh.current || !latest.current.ready) return;
      fresh.current = false;
      try { await latest.current.keep(await pictureOf(drawing)); failed.value = false; } catch { fresh.current = true; failed.value = true; }
    };
    const hold = (): void => { clearTimeout(timer.current); };
    return {
      take, hold,
      soon: (): void => { fresh.current = true; drawing = canvas.current; hold(); timer.current = setTimeout(() => { void take(); }, REST_MS); },
      never: (): void => { fresh.current = false; hold(); },
    };
  }, []);
  useEffect(() => { if (ready) void taking.take(); }, [ready]);
  useEffect(() => {
    const forget = takeBeforeLeaving(taking.take);
    return () => { forget(); void taking.take(); };
  }, []);
  return taking;
}

function prepared(canvas: HTMLCanvasElement): SignaturePad {
  const scale = Math.max(1, window.devicePixelRatio);
  canvas.width = canvas.offsetWidth * scale;
  canvas.height = canvas.offsetHeight * scale;
  canvas.getContext("2d")?.scale(scale, scale);
  return new SignaturePad(canvas, { backgroundColor: "#ffffff", penColor: "#0b1f4b", minWidth: 1, maxWidth: 3 });
}

async function pictureOf(canvas: HTMLCanvasElement | null): Promise<Blob> {
  return await new Promise((resolve, reject) => {
    canvas?.toBlob((blob) => { if (blob === null) reject(new Error("no picture of the signature")); else resolve(blob); }, "image/png");
  });
}
