import { type Signal, useSignal } from "@preact/signals";
import { type RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { closeCamera, openCamera } from "./stream.ts";

export type CameraStatus = "opening" | "live" | "none";

/** A <video> that shows the camera as long as its component is there. */
export function useCamera(): { video: RefObject<HTMLVideoElement | null>; status: Signal<CameraStatus> } {
  const video = useRef<HTMLVideoElement>(null);
  const status = useSignal<CameraStatus>("opening");
  useEffect(() => {
    let gone = false;
    let stream: MediaStream | null = null;
    void openCamera().then(async (opened) => {
      stream = opened;
      if (gone && opened !== null) closeCamera(opened);
      if (!gone) status.value = await show(video.current, opened);
    });
    return () => { gone = true; if (stream !== null) closeCamera(stream); };
  }, []);
  return { video, status };
}

async function show(video: HTMLVideoElement | null, stream: MediaStream | null): Promise<CameraStatus> {
  if (video === null || stream === null) return "none";
  video.srcObject = stream;
  try {
    await video.play();
    return "live";
  } catch (failure) {
    if (failure instanceof DOMException) return "none";
    throw failure;
  }
}
