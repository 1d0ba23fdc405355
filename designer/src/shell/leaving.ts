import { useCallback } from "preact/hooks";
import { go } from "./address.ts";

/** Back to the gallery. What was edited is kept by the store, which asks by itself when something could be lost. */
export function useLeaving(): () => void {
  return useCallback(() => { go({ kind: "gallery" }); }, []);
}
