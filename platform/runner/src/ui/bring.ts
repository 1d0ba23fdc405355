/** A long way is laid out bit by bit as it comes into sight: so often is the place found anew. */
const FRAMES = 4;

/** Bring an element into sight: gliding where it is near, at once where it is far. */
export function bringIntoSight(element: Element): void {
  const { top } = element.getBoundingClientRect();
  if (Math.abs(top) < innerHeight) element.scrollIntoView({ block: "start", behavior: "smooth" });
  else jump(element, FRAMES);
}

function jump(element: Element, frames: number): void {
  element.scrollIntoView({ block: "start", behavior: "instant" });
  if (frames > 0) requestAnimationFrame(() => { jump(element, frames - 1); });
}
