import { equip, PieceMissing, type Plan } from "@mendloop/engine";
import { Unreachable } from "./api/client.ts";
import { fetchTheRest } from "./later.ts";

/** How long a plan waits for its pieces of the engine. */
const PIECES_MS = 30_000;

/** The plan with the pieces of the engine that it needs. Where one cannot be had in time, that is as if there were no network. */
export async function equipped(json: unknown): Promise<Plan> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => { reject(new Unreachable("a piece of the engine did not come in time")); }, PIECES_MS);
  });
  try {
    return await Promise.race([equip(json), tooLate]);
  } catch (failure) {
    throw failure instanceof PieceMissing ? new Unreachable(failure.message) : failure;
  } finally {
    clearTimeout(timer);
    fetchTheRest();
  }
}
