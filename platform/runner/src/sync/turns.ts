/** Run `work` unless another tab is at it: two tabs never send at once. Null when it was another's turn. */
export async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (locks === undefined) return await work(); // pages without https have no locks; the server still takes each id once
  return await locks.request(name, { ifAvailable: true }, async (lock) => (lock === null ? null : await work()));
}
