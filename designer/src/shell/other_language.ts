import { type Client, SignedOut, Unreachable } from "../api/client.ts";
import { language, speak } from "../words/index.ts";

/** Speak the other language: here at once, and on every page from the next one on, where the server can be told. */
export async function speakOther(client: Client): Promise<void> {
  const chosen = language.peek() === "en" ? "zh-CN" : "en";
  await speak(chosen);
  try {
    await client.act("PUT", "/session/language", { language: chosen });
  } catch (failure) {
    if (!(failure instanceof Unreachable || failure instanceof SignedOut)) throw failure;
  }
}
