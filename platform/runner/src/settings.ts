import { type Signal, signal } from "@preact/signals";

export type Appearance = "auto" | "light" | "dark";
type Setting = "language" | "appearance" | "gloves" | "session" | "left";

export const appearance: Signal<Appearance> = signal<Appearance>("auto");
export const gloves: Signal<boolean> = signal(false);

export function remember(setting: Setting, value: string): void {
  localStorage.setItem(`mendloop.${setting}`, value);
}

export function recall(setting: Setting): string | null {
  return localStorage.getItem(`mendloop.${setting}`);
}

/** Look as this phone was told to: by day or night, with small or large targets. */
export function showAppearance(): void {
  const kept = recall("appearance");
  chooseAppearance(kept === "light" || kept === "dark" ? kept : "auto");
  chooseGloves(recall("gloves") === "on");
}

export function chooseAppearance(wanted: Appearance): void {
  appearance.value = wanted;
  document.documentElement.dataset["theme"] = wanted;
  remember("appearance", wanted);
}

export function chooseGloves(on: boolean): void {
  gloves.value = on;
  document.documentElement.dataset["gloves"] = on ? "on" : "off";
  remember("gloves", on ? "on" : "off");
}
