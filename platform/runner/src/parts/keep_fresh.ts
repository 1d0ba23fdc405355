import { useEffect } from "preact/hooks";
import type { PartsDesk } from "./desk.ts";

/** An order's parts as the server knows them now, and once more when the app comes to the front. `revision`: the order has changed. */
export function useFreshParts(desk: PartsDesk, order: string, revision = 0): void {
  useEffect(() => {
    const ask = (): void => { if (document.visibilityState === "visible") void desk.open(order); };
    void desk.open(order);
    document.addEventListener("visibilitychange", ask);
    return () => { document.removeEventListener("visibilitychange", ask); };
  }, [order, revision]);
}
