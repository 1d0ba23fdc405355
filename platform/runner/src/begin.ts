import { Client, Refused, SignedOut, Unreachable } from "./api/client.ts";
import type { Session } from "./api/types.ts";
import { listenToAddress, type Route, route } from "./route.ts";
import { Runner } from "./runner.ts";
import { Store } from "./store/database.ts";
import { recall, remember, showAppearance } from "./settings.ts";
import { watchPhone } from "./sync/watch.ts";
import { isLanguage, speak } from "./words/index.ts";

export type Start =
  | { readonly kind: "ready"; readonly runner: Runner }
  | { readonly kind: "signed_out" }
  | { readonly kind: "not_connected" };

/** How long nothing but the page's own line is shown before the app shows that it waits for an order. */
const SHOWN_AT_LAST_MS = 500;
/** What is not needed for the first screen waits until that is shown. */
const AFTER_FIRST_SCREEN_MS = 250;

/** Who is here, in which language, with what is on this phone. Without a network: whoever was here last. */
export async function begin(): Promise<Start> {
  showAppearance();
  listenToAddress();
  const client = new Client();
  if (!client.isTold) void askEarly(client, route.peek());
  const [session, kind] = await whoIsHere(client);
  const words = speak(languageOf(session));
  if (session === null) { await words; return { kind }; }
  const runner = new Runner(session, client);
  remember("left", "no");
  remember("session", JSON.stringify(session)); // after the runner's store has seen whether anybody was here before
  await Promise.all([words, openShown(runner, route.peek())]);
  watchPhone(runner);
  return { kind: "ready", runner };
}

/** An order is opened before anything is shown, so that the screen is drawn once; a list shows what the phone knows. */
async function openShown(runner: Runner, shown: Route): Promise<void> {
  if (!("order" in shown)) { void runner.begin(); return; }
  setTimeout(() => { void runner.begin(); }, AFTER_FIRST_SCREEN_MS);
  await Promise.race([runner.openFirst(shown.order).catch(reportError), new Promise((done) => { setTimeout(done, SHOWN_AT_LAST_MS); })]);
}

async function whoIsHere(client: Client): Promise<[Session | null, "signed_out" | "not_connected"]> {
  try {
    return [await client.session(), "signed_out"];
  } catch (failure) {
    if (failure instanceof SignedOut) return [null, "signed_out"];
    if (failure instanceof Unreachable || failure instanceof Refused) return [lastSession(), "not_connected"];
    throw failure;
  }
}

/** While the server says who is here, it may say as well what the address names, unless this phone has it. */
async function askEarly(client: Client, shown: Route): Promise<void> {
  if (!("order" in shown)) return;
  const last = lastSession();
  const known = last === null ? 0 : await new Store(last.person_id).use(async (database) => await database.count("orders", shown.order));
  if (known === 0) client.askEarly(shown.order);
}

function lastSession(): Session | null {
  const kept = recall("session");
  return kept === null ? null : (JSON.parse(kept) as Session);
}

function languageOf(session: Session | null): "zh-CN" | "en" {
  const chosen = recall("language") ?? session?.language ?? document.documentElement.lang;
  return isLanguage(chosen) ? chosen : "zh-CN";
}
