import { type Signal, signal } from "@preact/signals";
import { type Client, Refused, SignedOut, Unreachable } from "./api/client.ts";

const zones = new WeakMap<Client, Signal<string | undefined>>();

/** The organisation's time zone, on whose clock times are told everywhere, as in the record; until it is known, the browser's. */
export function zoneOf(client: Client): string | undefined {
  let zone = zones.get(client);
  if (zone === undefined) {
    zone = signal<string | undefined>(undefined);
    zones.set(client, zone);
    void ask(client, zone);
  }
  return zone.value;
}

async function ask(client: Client, zone: Signal<string | undefined>): Promise<void> {
  try {
    zone.value = known((await client.get<{ readonly time_zone: string }>("/session")).time_zone);
  } catch (failure) {
    zones.delete(client); // asked again by whoever comes next
    if (!(failure instanceof Unreachable || failure instanceof Refused || failure instanceof SignedOut)) throw failure;
  }
}

/** A zone that this browser does not know is as if none had been told. */
function known(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** "Nov 23, 2026, 08:05" on the clock of that zone. */
export function momentWords(at: string, language: string, zone: string | undefined): string {
  return new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23", ...(zone === undefined ? {} : { timeZone: zone }) });
}

/** What the clock of that zone shows at a moment, as inputs of date and time want it; "" where it is no moment. */
export function clockAt(at: string | undefined, zone: string | undefined): string {
  const moment = new Date(at ?? "");
  return Number.isNaN(moment.getTime()) ? "" : new Date(moment.getTime() + ahead(moment, zone)).toISOString().slice(0, "2026-01-31T08:00".length);
}

/** The moment at which the clock of that zone shows this. Where the clock is put forward there is none: then the moment an hour later. */
export function momentOf(clock: string, zone: string | undefined): string {
  const asUtc = Date.parse(`${clock}Z`);
  const near = new Date(asUtc - ahead(new Date(asUtc), zone));
  return new Date(asUtc - ahead(near, zone)).toISOString();
}

/** By how many milliseconds the zone's clock is ahead of UTC at that moment. */
function ahead(moment: Date, zone: string | undefined): number {
  if (zone === undefined) return -moment.getTimezoneOffset() * 60_000;
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }).formatToParts(moment);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")) - Math.floor(moment.getTime() / 1000) * 1000;
}
