/** A new id by chance alone: it names this tab, nothing is sorted by it. Pages without https have no `randomUUID`. */
export function newSession(chance = crypto.getRandomValues(new Uint8Array(16))): string {
  return [...chance].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
