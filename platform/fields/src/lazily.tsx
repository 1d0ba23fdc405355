import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";

/** A component that is fetched when it is first wanted, and kept from then on. */
export type Lazy<P> = ComponentType<P> & {
  /** Fetch it before it is shown; settles when it is here. */
  fetch: () => Promise<void>;
  here: () => boolean;
};

let beside: () => Promise<unknown> = async () => { await Promise.resolve(); };

/** What every piece needs besides its code: the words that it says. */
export function fetchBeside(fetch: () => Promise<unknown>): void {
  beside = fetch;
}

/** The component that `load` fetches. Until it is here, `Meanwhile` stands in its place. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, Meanwhile: ComponentType = Dots): Lazy<P> {
  let loaded: ComponentType<P> | null = null;
  let coming: Promise<void> | null = null;
  const fetch = async (): Promise<void> => {
    coming ??= Promise.all([load(), beside()]).then(([component]) => { loaded = component; }, (failure: unknown) => { coming = null; throw failure; });
    await coming;
  };
  function Shown(props: P): JSX.Element {
    const arrived = useSignal(loaded !== null);
    useEffect(() => { if (!arrived.value) void fetch().then(() => { arrived.value = true; }); }, []);
    const Arrived = arrived.value ? loaded : null;
    return Arrived === null ? <Meanwhile /> : <Arrived {...props} />;
  }
  return Object.assign(Shown, { fetch, here: () => loaded !== null });
}

function Dots(): JSX.Element {
  return <div class="until" aria-busy="true">…</div>;
}

/** Stands for what is better missing than announced while it is on its way. */
export function Nothing(): null {
  return null;
}
