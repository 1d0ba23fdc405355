import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useHost } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Sheet } from "../sheet.tsx";
import { type Code, openScanner } from "./scanner.ts";
import { useCamera } from "./use_camera.ts";

export interface ScanSheetProps {
  readonly label: string;
  /** What to say about the last code: shown over the picture. */
  readonly said: string;
  /** It was none that is wanted. */
  readonly wrong?: boolean;
  found: (code: Code) => void;
  close: () => void;
}

const PAUSE_MS = 180;

/** The camera, looking for codes until it is closed. The same code is told once. */
export function ScanSheet({ label, said, wrong = false, found, close }: ScanSheetProps): JSX.Element {
  const host = useHost();
  const { video, status } = useCamera();
  useEffect(() => {
    if (status.value !== "live") return;
    let looking = true;
    void look(() => (looking ? video.current : null), found);
    return () => { looking = false; };
  }, [status.value]);
  return (
    <Sheet kind="camera" label={label} name="scanner" close={close}>
      <div class="wanted"><strong>{label}</strong></div>
      <div class="scene">
        <video ref={video} playsInline muted aria-label={host.say("camera.view")} />
        <div class="sight" />
        {said === "" ? null : <div class={`note ${wrong ? "danger" : "ok"} say`} role={wrong ? "alert" : "status"} data-testid="scan-said"><Icon name={wrong ? "warning" : "scan"} /><div><p>{said}</p></div></div>}
        {status.value === "none" ? <div class="note say"><Icon name="info" /><div><p>{host.say("scan.no_camera")}</p></div></div> : null}
      </div>
      <div class="bar"><span /><span /><button type="button" class="button" data-testid="scan-done" onClick={close}>{host.say("camera.done")}</button></div>
    </Sheet>
  );
}

async function look(current: () => HTMLVideoElement | null, found: (code: Code) => void): Promise<void> {
  const scan = await openScanner();
  const told = new Set<string>();
  for (let video = current(); video !== null; video = current()) {
    for (const code of video.videoWidth > 0 ? await scan(video) : []) {
      if (!told.has(code.code) && current() !== null) { told.add(code.code); found(code); }
    }
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
  }
}
