import type { PartFound } from "../host.ts";

/** A part that is added to the planned ones. `note` is what it is called, and why it was used where it was not made for. */
export interface NewPart {
  readonly part: string;
  readonly serial: string;
  readonly note: string;
}

export function nameOf({ id, label }: PartFound, read: (label: Exclude<PartFound["label"], string>) => string): string {
  return (typeof label === "string" ? label : read(label)) || id;
}

export function noteOf({ id }: PartFound, name: string, reason = ""): string {
  return [name === id ? "" : name, reason].filter((each) => each !== "").join(" · ");
}
