import { canonicalText, type Json } from "@mendloop/engine";

const RELEASE_MS = 10_000;

/** Give the person a file: canonical JSON, so that the same template is the same bytes. */
export function saveAsFile(name: string, content: unknown): void {
  const address = URL.createObjectURL(new Blob([canonicalText(content as Json)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, RELEASE_MS);
}
