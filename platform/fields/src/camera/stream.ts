/** The phone's camera as a stream, or null where there is none or it may not be used. */
export async function openCamera(): Promise<MediaStream | null> {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices === undefined) return null;
  try {
    return await devices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 2560 }, height: { ideal: 1920 } } });
  } catch (failure) {
    if (failure instanceof DOMException) return null;
    throw failure;
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** What a camera showed at one moment: at once as a small image to look at, and soon as a picture of full size. */
export interface Frame {
  readonly preview: string;
  readonly picture: Promise<Blob>;
}

const PREVIEW = 160;

export function frameOf(video: HTMLVideoElement): Frame {
  const whole = drawn(video, 1);
  const preview = drawn(whole, Math.min(1, PREVIEW / Math.max(1, whole.width, whole.height))).toDataURL("image/jpeg", 0.6);
  const picture = new Promise<Blob>((resolve, reject) => {
    whole.toBlob((blob) => { if (blob === null) reject(new Error("no picture from the camera")); else resolve(blob); }, "image/jpeg", 0.92);
  });
  return { preview, picture };
}

function drawn(shown: HTMLVideoElement | HTMLCanvasElement, scale: number): HTMLCanvasElement {
  const [width, height] = shown instanceof HTMLVideoElement ? [shown.videoWidth, shown.videoHeight] : [shown.width, shown.height];
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d")?.drawImage(shown, 0, 0, canvas.width, canvas.height);
  return canvas;
}
