/** A part of the program that is not needed to show a template: fetched when it is wanted, or while nobody does anything. */
export interface Later<Part> {
  /** What was fetched; null: nothing yet. */
  readonly here: () => Part | null;
  /** Throws where it cannot be fetched; asked again, it is tried again. */
  readonly get: () => Promise<Part>;
}

const wanted: (() => Promise<unknown>)[] = [];
const rare: (() => Promise<unknown>)[] = [];

/** Fetched only when it is wanted. */
export function whenWanted<Part>(load: () => Promise<Part>): Later<Part> {
  let part: Part | null = null;
  const get = async (): Promise<Part> => {
    const now = await load();
    fetchLostStyles();
    return now;
  };
  return { here: () => part, get: async () => (part ??= await get()) };
}

/** Styles that could not be fetched with their part: the bundler asks for them only once, whether or not they came. */
const lost = new Set<HTMLLinkElement>();
if (typeof document !== "undefined") addEventListener("error", ({ target }) => { if (target instanceof HTMLLinkElement) lost.add(target); }, true);

function fetchLostStyles(): void {
  for (const link of lost) {
    lost.delete(link);
    link.replaceWith(link.cloneNode());
  }
}

/** Kept ready by `keepReady`, so that nobody waits for it, with or without a network. */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  const part = whenWanted(load);
  wanted.push(part.get);
  return part;
}

/** Kept ready behind those that people want more often. */
export function rarely<Part>(load: () => Promise<Part>): Later<Part> {
  const part = whenWanted(load);
  rare.push(part.get);
  return part;
}

/** Fetch what may be wanted, as soon as there is nothing else to do. What cannot be fetched now is fetched when it is wanted. */
export async function keepReady(): Promise<void> {
  await idle();
  await Promise.allSettled(wanted.map(async (get) => await get()));
}

/** And then, one after another, what is wanted now and then: a designer without a network has all of it. */
export async function keepRareReady(): Promise<void> {
  for (const get of rare) {
    await idle();
    await get().catch(() => null);
  }
}

/** Until there is nothing else to do. Safari has no requestIdleCallback. */
export async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(() => { resolve(); }, { timeout: 500 });
    else setTimeout(resolve, 100);
  });
}
