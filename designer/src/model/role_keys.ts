import { nameFrom } from "./ids.ts";

/**
 * What machines call a role of these words: the same in every template, so that people who have it are found, and
 * another for other words. What our letters cannot say is told apart by a number made of the words.
 */
export function roleKeyFrom(words: string): string {
  const said = words.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");
  const name = nameFrom(said, "role");
  return name !== "role" && /^\p{ASCII}*$/u.test(said) ? name : `${name}_${numberOf(said)}`;
}

/** FNV-1a over 52 bits, in letters and digits: ten thousand roles would meet once in a million organisations. */
function numberOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return (hash & 0xfffffffffffffn).toString(36).padStart(11, "0");
}
