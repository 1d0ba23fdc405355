import { type ReadonlySignal, useSignal } from "@preact/signals";

/** Something that is done once at a time: a second tap while it is being done does nothing. */
export interface Once<A extends readonly unknown[]> {
  readonly busy: ReadonlySignal<boolean>;
  run: (...given: A) => void;
}

/** `work`, guarded against a double tap. `work` answers whether it was done: then it is over for good, else it may be tried again. */
export function useOnce<A extends readonly unknown[]>(work: (...given: A) => Promise<boolean>): Once<A> {
  const busy = useSignal(false);
  const run = (...given: A): void => {
    if (busy.peek()) return;
    busy.value = true;
    void work(...given).then((done) => { busy.value = done; }, (failure: unknown) => { busy.value = false; throw failure; });
  };
  return { busy, run };
}
