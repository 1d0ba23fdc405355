import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";

/** A component that is fetched when it is first shown, and kept from then on. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Lazy(props: P): JSX.Element {
    const arrived = useSignal(loaded !== null);
    useEffect(() => {
      if (loaded === null) void load().then((component) => { loaded = component; arrived.value = true; });
    }, []);
    const Shown = arrived.value ? loaded : null;
    return Shown === null ? <div class="until" aria-busy="true">…</div> : <Shown {...props} />;
  };
}
