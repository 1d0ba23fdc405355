/** What Back closes, the newest last. */
const open: (() => void)[] = [];

/** Whether the history is on its way back to the place that belongs to what is open: the browser goes there in its own time. */
let onTheWay = false;

interface Mark { readonly dialog?: number }

/** How many dialogs the place in the history stands for. */
function depth(): number {
  return (history.state as Mark | null)?.dialog ?? 0;
}

/** From now on the browser's Back calls `close`, instead of leaving what lies under it. Answers what to call once it is closed. */
export function closedByBack(close: () => void): () => void {
  open.push(close);
  remember();
  return () => {
    const place = open.lastIndexOf(close);
    if (place < 0) return; // Back has closed it
    open.splice(place, 1);
    setTimeout(forget); // a dialog that another one follows at once leaves it its place
  };
}

/** Gives everything open its place in the history. What opens while the history is on its way gets it on arrival. */
function remember(): void {
  if (onTheWay) return;
  for (let place = depth() + 1; place <= open.length; place++) history.pushState({ dialog: place } satisfies Mark, "");
}

/** Closed in another way, a dialog leaves no place behind that Back would lead to. Whoever has gone elsewhere meanwhile stays there. */
function forget(): void {
  const over = depth() - open.length;
  if (onTheWay || over <= 0) return;
  onTheWay = true;
  history.go(-over);
}

function arrived(): void {
  if (onTheWay) {
    onTheWay = false;
    remember();
    forget();
  } else {
    while (open.length > depth()) open.pop()?.();
  }
}

if (typeof addEventListener === "function") addEventListener("popstate", arrived);
