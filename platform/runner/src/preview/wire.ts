import type { FromPhone, PhoneDone, PhoneShow, ToPhone } from "@mendloop/fields/phone.ts";
import { type Signal, signal } from "@preact/signals";

/** The phone's end of the line to the designer around it. Only this site's own pages are listened to. */
export class Wire {
  readonly shown: Signal<PhoneShow | null> = signal<PhoneShow | null>(null);
  readonly #waiting = new Map<number, (done: PhoneDone) => void>();
  #asked = 0;

  begin(): void {
    addEventListener("message", (event: MessageEvent<ToPhone>) => {
      if (event.origin === location.origin && event.source === parent && parent !== window) this.#hear(event.data);
    });
    this.tell({ say: "ready" });
  }

  tell(message: FromPhone): void {
    if (parent !== window) parent.postMessage(message, location.origin);
  }

  async ask(act: Extract<FromPhone, { say: "act" }>["act"]): Promise<PhoneDone> {
    const id = (this.#asked += 1);
    return await new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.tell({ say: "act", id, act });
    });
  }

  #hear(message: ToPhone): void {
    if (message.say === "show") { this.shown.value = message; return; }
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}
