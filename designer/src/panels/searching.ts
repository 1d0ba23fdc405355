import { useEffect, useRef, useState } from "preact/hooks";

const PAUSE_MS = 180;

export interface Searching<Found> {
  readonly found: readonly Found[];
  readonly search: (query: string) => void;
}

/** What the server finds for the text that was typed last, asked once typing pauses. */
export function useSearch<Found>(ask: (query: string) => Promise<readonly Found[]>): Searching<Found> {
  const [found, setFound] = useState<readonly Found[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const newest = useRef(0);
  useEffect(() => () => { clearTimeout(timer.current); newest.current += 1; }, []);
  const asked = async (query: string): Promise<void> => {
    newest.current += 1;
    const mine = newest.current;
    const answer = await ask(query);
    if (mine === newest.current) setFound(answer);
  };
  return { found, search: (query) => { clearTimeout(timer.current); timer.current = setTimeout(() => { void asked(query); }, PAUSE_MS); } };
}
