/** One code that a camera picture holds. */
export interface Code {
  readonly code: string;
  readonly format: string;
}

/** Reads the codes in a picture. */
export type Scanner = (video: HTMLVideoElement) => Promise<readonly Code[]>;

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<readonly { rawValue: string; format: string }[]>;
}
interface DetectorClass { new (): Detector; getSupportedFormats?: () => Promise<readonly string[]> }

/** The browser's own detector where it can read something, else zxing as WebAssembly, fetched only then. */
export async function openScanner(): Promise<Scanner> {
  return (await ownScanner()) ?? (await import("./zxing_scanner.ts")).zxingScanner();
}

async function ownScanner(): Promise<Scanner | null> {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (found === undefined) return null;
  const formats = (await found.getSupportedFormats?.()) ?? [];
  if (!formats.includes("qr_code") || !formats.includes("code_128")) return null;
  const detector = new found();
  return async (video) => (await detector.detect(video)).map(({ rawValue, format }) => ({ code: rawValue, format }));
}
