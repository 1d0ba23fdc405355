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

/** What `video` shows just now, as a picture of full size. */
export async function frameOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => { if (blob === null) reject(new Error("no picture from the camera")); else resolve(blob); }, "image/jpeg", 0.92);
  });
}
