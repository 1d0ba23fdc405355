/** What Back closes, the newest last. */
const open: (() => void)[] = [];

interface Mark { readonly dialog?: number }

/** How many dialogs the place in the history stands for. */
function depth(): number {
  return (history.state as Mark | null)?.dialog ?? 0;
}

/** From now on the browser's Back calls `close`, instead of leaving what lies under it. Answers what to call once it is closed. */
export function closedByBack(close: () => void): () => void {
  open.push(close);
  if (depth() < open.length) history.pushState({ dialog: open.length } satisfies Mark, "");
  return () => {
    const place = open.lastIndexOf(close);
    if (place < 0) return; // Back has closed it
    open.splice(place, 1);
    setTimeout(forget); // a dialog that another one follows at once leaves it its place
  };
}

/** Closed in another way, a dialog leaves no place behind that Back would lead to. Whoever has gone elsewhere meanwhile stays there. */
function forget(): void {
  const over = depth() - open.length;
  if (over > 0) history.go(-over);
}

if (typeof addEventListener === "function") addEventListener("popstate", () => { while (open.length > depth()) open.pop()?.(); });
