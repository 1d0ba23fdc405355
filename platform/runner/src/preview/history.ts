interface Place {
  readonly state: unknown;
}

/**
 * A history of this page alone. The browser counts a frame's steps among those of the page around it: going back on the phone
 * would leave the designer.
 */
export function installHistory(): void {
  const places: Place[] = [{ state: null }];
  let at = 0;
  const push = (state: unknown): void => { places.splice(at + 1, Infinity, { state }); at += 1; };
  const replace = (state: unknown): void => { places[at] = { state }; };
  const goBy = (steps = 0): void => {
    const there = Math.min(Math.max(at + steps, 0), places.length - 1);
    if (there === at) return;
    at = there;
    setTimeout(() => { dispatchEvent(new PopStateEvent("popstate", { state: places[at]?.state })); });
  };
  Object.defineProperties(history, {
    state: { get: () => places[at]?.state ?? null },
    length: { get: () => places.length },
    pushState: { value: push },
    replaceState: { value: replace },
    go: { value: goBy },
    back: { value: () => { goBy(-1); } },
    forward: { value: () => { goBy(1); } },
  });
}
