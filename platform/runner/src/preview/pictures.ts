/** A made-up photo: something of metal on a workbench, another one for each name. */
export function drawPicture(context: CanvasRenderingContext2D, seed: number): void {
  const { width, height } = context.canvas;
  const hue = (seed * 47) % 360;
  context.fillStyle = `hsl(${hue} 18% 34%)`;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `hsl(${(hue + 24) % 360} 22% 26%)`;
  context.fillRect(0, height * 0.68, width, height * 0.32);
  drawPart(context, hue, seed);
}

function drawPart(context: CanvasRenderingContext2D, hue: number, seed: number): void {
  const { width, height } = context.canvas;
  const size = Math.min(width, height);
  const [x, y, radius] = [width * (0.42 + (seed % 5) * 0.04), height * 0.52, size * (0.24 + (seed % 3) * 0.03)];
  const shine = context.createLinearGradient(x - radius, y - radius, x + radius, y + radius);
  shine.addColorStop(0, `hsl(${hue} 12% 88%)`);
  shine.addColorStop(1, `hsl(${hue} 14% 52%)`);
  disc(context, x, y, radius, shine);
  const holes = 4 + (seed % 5);
  for (let hole = 0; hole < holes; hole += 1) {
    const angle = (hole / holes) * 2 * Math.PI + seed;
    disc(context, x + Math.cos(angle) * radius * 0.7, y + Math.sin(angle) * radius * 0.7, radius * 0.1, `hsl(${hue} 16% 24%)`);
  }
  disc(context, x, y, radius * 0.32, `hsl(${hue} 16% 24%)`);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, fill: string | CanvasGradient): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
}

const WIDTH = 640;
const HEIGHT = 480;

export function newCanvas(): CanvasRenderingContext2D | null {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  return canvas.getContext("2d");
}

/** The picture that stands for a photo which nobody took, by its hash. */
export function pictureFor(hash: string): string | null {
  const context = newCanvas();
  if (context === null) return null;
  drawPicture(context, Number.parseInt(hash.slice(0, 6), 16) || 0);
  return context.canvas.toDataURL("image/jpeg", 0.8);
}
