import { type Signal, signal } from "@preact/signals";
import type { Language } from "../../words/index.ts";

export interface Device {
  readonly key: "small" | "phone" | "tablet";
  readonly width: number;
  readonly height: number;
}

export const DEVICES: readonly Device[] = [
  { key: "small", width: 360, height: 640 },
  { key: "phone", width: 390, height: 844 },
  { key: "tablet", width: 768, height: 1024 },
];

/** What the phone of the preview is like; this computer remembers it. */
export interface PhoneLook {
  readonly device: Device["key"];
  readonly isTurned: boolean;
  readonly language: Language;
  readonly theme: "light" | "dark";
}

const KEY = "mendloop.designer.phone";

export const phoneLook: Signal<PhoneLook | null> = signal<PhoneLook | null>(null);

/** As it was left; the first time in the designer's language, by day. */
export function lookNow(language: Language): PhoneLook {
  return phoneLook.value ?? kept() ?? { device: "phone", isTurned: false, language, theme: "light" };
}

export function changeLook(now: PhoneLook, change: Partial<PhoneLook>): void {
  phoneLook.value = { ...now, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(phoneLook.value));
  } catch (failure) {
    if (!(failure instanceof DOMException)) throw failure; // a full disk forgets how the phone looked, nothing more
  }
}

function kept(): PhoneLook | null {
  const text = localStorage.getItem(KEY);
  if (text === null) return null;
  const found = JSON.parse(text) as PhoneLook;
  return DEVICES.some(({ key }) => key === found.device) ? found : null;
}

export function sizeOf({ device, isTurned }: PhoneLook): { readonly width: number; readonly height: number } {
  const { width, height } = DEVICES.find(({ key }) => key === device) ?? { width: 390, height: 844 };
  return isTurned ? { width: height, height: width } : { width, height };
}
