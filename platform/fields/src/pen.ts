/** What is drawn and not taken over yet: the pen may rest later than the step is finished. */
const drawn = new Set<() => Promise<void>>();

/** Have `take` called before a step is finished or paused. Answers how to have it no more. */
export function takeBeforeLeaving(take: () => Promise<void>): () => void {
  drawn.add(take);
  return () => { drawn.delete(take); };
}

/** Take over what is drawn; settles when it is kept. */
export async function takeDrawn(): Promise<void> {
  await Promise.all([...drawn].map(async (take) => { await take(); }));
}
