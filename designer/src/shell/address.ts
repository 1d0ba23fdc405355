import { signal } from "@preact/signals";

/** What the address names. */
export type Address =
  | { readonly kind: "gallery" }
  | { readonly kind: "template"; readonly id: string }
  | { readonly kind: "versions"; readonly id: string };

const ROOT = "/designer/";

export const address = signal<Address>({ kind: "gallery" });

export function addressOf(path: string): Address {
  const [id, part] = path.slice(ROOT.length).split("/").map(decodeURIComponent);
  if (id === undefined || id === "") return { kind: "gallery" };
  return { kind: part === "versions" ? "versions" : "template", id };
}

export function pathTo(wanted: Address): string {
  if (wanted.kind === "gallery") return ROOT;
  return ROOT + encodeURIComponent(wanted.id) + (wanted.kind === "versions" ? "/versions" : "");
}

/** Show something else; Back leads here again. */
export function go(wanted: Address): void {
  history.pushState(null, "", pathTo(wanted));
  address.value = wanted;
}

export function listenToAddress(): void {
  address.value = addressOf(location.pathname);
  addEventListener("popstate", () => {
    if (pathTo(address.peek()) !== location.pathname) address.value = addressOf(location.pathname); // else only a dialog was closed
  });
}
