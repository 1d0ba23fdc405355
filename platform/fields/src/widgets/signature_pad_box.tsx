import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import SignaturePad from "signature_pad";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";

export interface PadProps {
  readonly field: string;
  readonly ready: boolean;
  keep: (picture: Blob) => Promise<void>;
}

/** Where a finger signs. The picture is kept when the person says that it is good, not before. */
export function SignaturePadBox({ field, ready, keep }: PadProps): JSX.Element {
  const host = useHost();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const drawn = useSignal(false);
  const failed = useSignal(false);
  useEffect(() => {
    if (canvas.current === null) return;
    const made = prepared(canvas.current);
    pad.current = made;
    made.addEventListener("endStroke", () => { drawn.value = true; });
    return () => { made.off(); };
  }, []);
  const clear = (): void => { pad.current?.clear(); drawn.value = false; };
  const sign = async (): Promise<void> => {
    try { await keep(await pictureOf(canvas.current)); } catch { failed.value = true; }
  };
  return (
    <>
      <div class="pad"><canvas ref={canvas} data-testid={`pad-${field}`} role="img" aria-label={host.say("signature.pad")} /></div>
      {failed.value ? <div class="note danger" role="alert"><Icon name="warning" /><div><p>{host.say("photo.not_kept")}</p></div></div> : null}
      <div class="row">
        <button type="button" class="button" disabled={!drawn.value} onClick={clear}>{host.say("signature.clear")}</button>
        <button type="button" class="button primary grow" data-testid={`sign-${field}`} disabled={!drawn.value || !ready} onClick={() => { void sign(); }}><Icon name="pen" />{host.say("signature.use")}</button>
      </div>
      {drawn.value && !ready ? <p class="field-help" role="status">{host.say("signature.name_first")}</p> : null}
    </>
  );
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
