/** SHA-256 in hex. Pages without https have no `crypto.subtle`; the engine's own is slower and gives the same. */
export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const subtle = (crypto as { subtle?: SubtleCrypto }).subtle;
  if (subtle === undefined) return (await import("@mendloop/engine/further")).sha256Hex(new Uint8Array(bytes));
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
