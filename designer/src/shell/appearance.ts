import { signal } from "@preact/signals";

export type Appearance = "auto" | "light" | "dark";
const KEY = "mendloop.appearance";

export const appearance = signal<Appearance>("auto");

/** Look as this computer was told to. */
export function showAppearance(): void {
  const kept = localStorage.getItem(KEY);
  appearance.value = kept === "light" || kept === "dark" ? kept : "auto";
  document.documentElement.dataset["theme"] = appearance.value;
}

export function chooseAppearance(wanted: Appearance): void {
  localStorage.setItem(KEY, wanted);
  showAppearance();
}
