import { drawPicture, newCanvas } from "./pictures.ts";

const NEXT_MS = 700;

/** The camera of the preview shows something made up, another thing every moment, so that shots can be taken and nobody is filmed. */
export function installCamera(): void {
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: () => Promise.resolve(openScene()) } });
}

function openScene(): MediaStream {
  const context = newCanvas();
  if (context === null) throw new DOMException("no canvas to draw on", "NotFoundError");
  let seed = 1;
  const draw = (): void => { drawPicture(context, seed); seed += 1; };
  draw();
  const timer = setInterval(draw, NEXT_MS);
  const stream = context.canvas.captureStream(5);
  for (const track of stream.getTracks()) stopWith(track, () => { clearInterval(timer); });
  return stream;
}

/** Nobody is told when a track is stopped by who opened it. */
function stopWith(track: MediaStreamTrack, stopped: () => void): void {
  const stop = track.stop.bind(track);
  track.stop = () => { stopped(); stop(); };
}
