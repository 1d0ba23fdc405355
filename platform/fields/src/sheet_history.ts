/** Open sheets are places in the browser's history: Back closes the one on top, and nothing else. */
interface OpenSheet {
  readonly close: () => void;
}

/** A traversal that never arrives (nothing lies behind) must not hold the app up. */
const PATIENCE_MS = 500;

const open: OpenSheet[] = [];
let moving: ReturnType<typeof setTimeout> | null = null;
let afterwards: (() => void)[] = [];
let listening = false;

/** A sheet has opened; `close` is called when the person goes back. Answers what to call when it has closed. */
export function enterSheet(close: () => void): () => void {
  listen();
  const sheet: OpenSheet = { close };
  open.push(sheet);
  queueMicrotask(settle);
  return () => {
    if (open.includes(sheet)) open.splice(open.indexOf(sheet), 1);
    queueMicrotask(settle); // by then a sheet that follows this one has opened, and takes over its place
  };
}

/** True where the current place in the history is a sheet's. */
export function atSheet(): boolean {
  return depth() > 0;
}

/** Run `work` once no step back through the history is on its way: at once, nearly always. */
export function onceStill(work: () => void): void {
  if (moving === null) work();
  else afterwards.push(work);
}

function listen(): void {
  if (listening) return;
  listening = true;
  addEventListener("popstate", () => {
    if (moving !== null) { arrive(); return; }
    while (open.length > depth()) open.pop()?.close();
    settle();
  });
}

function depth(): number {
  return (history.state as { readonly sheets?: number } | null)?.sheets ?? 0;
}

/** As many places as there are sheets. */
function settle(): void {
  if (moving !== null) return;
  const there = depth();
  for (let place = there + 1; place <= open.length; place += 1) history.pushState({ sheets: place }, "");
  if (there <= open.length) return;
  moving = setTimeout(arrive, PATIENCE_MS);
  history.go(open.length - there);
}

function arrive(): void {
  if (moving !== null) clearTimeout(moving);
  moving = null;
  const work = afterwards;
  afterwards = [];
  for (const each of work) each();
  settle();
}
