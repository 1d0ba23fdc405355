import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Runner } from "./runner.ts";

const Context = createContext<Runner | null>(null);
export const RunnerProvider = Context.Provider;

export function useRunner(): Runner {
  const runner = useContext(Context);
  if (runner === null) throw new Error("a screen was shown before the app had begun");
  return runner;
}
