import { Icon, type Language } from "@mendloop/fields";
import type { ComponentChildren, JSX } from "preact";
import { useRunner } from "../context.ts";
import type { Runner } from "../runner.ts";
import { appearance, type Appearance, chooseAppearance, chooseGloves, gloves, remember } from "../settings.ts";
import { language, say, speak } from "../words/index.ts";
import { Sheet } from "../screens/later.ts";

const LANGUAGES: readonly (readonly [Language, string])[] = [["zh-CN", "简体中文"], ["en", "English"]];
const LOOKS: readonly Appearance[] = ["auto", "light", "dark"];

/** Who one is, language, appearance, and the way out. Each takes effect at once. */
export function Menu({ close }: { close: () => void }): JSX.Element {
  const runner = useRunner();
  return (
    <Sheet label={say("menu")} name="menu-sheet" close={close}>
      <h2>{runner.session.name}</h2>
      <p class="quiet menu-org">{runner.session.organisation}</p>
      <Choices label={say("language")}>
        {LANGUAGES.map(([code, name]) => (
          <button key={code} type="button" class="button" lang={code} aria-pressed={language.value === code} data-testid={`language-${code}`} onClick={() => { void choose(runner, code); }}>{name}</button>
        ))}
      </Choices>
      <Choices label={say("menu.appearance")}>
        {LOOKS.map((look) => (
          <button key={look} type="button" class="button" aria-pressed={appearance.value === look} data-testid={`look-${look}`} onClick={() => { chooseAppearance(look); }}>{say(`dark.${look}`)}</button>
        ))}
      </Choices>
      <button type="button" class="button" aria-pressed={gloves.value} data-testid="gloves" onClick={() => { chooseGloves(!gloves.value); }}>{say("gloves")}</button>
      {runner.session.roles.includes("supervisor") || runner.session.roles.includes("owner") ? <a class="button" href="/">{say("menu.supervisor")}</a> : null}
      <a class="button" href="/inbox" data-testid="inbox">{say("menu.inbox")}</a>
      {runner.session.roles.includes("engineer") ? <a class="button" href="/van" data-testid="van">{say("menu.van")}</a> : null}
      <a class="button" href="/account" data-testid="account"><Icon name="lock" />{say("menu.account")}</a>
      <SignOut runner={runner} />
      <button type="button" class="button plain" data-testid="close-menu" onClick={close}>{say("back")}</button>
    </Sheet>
  );
}

/** The way out; it says what stays behind on this phone. */
function SignOut({ runner }: { readonly runner: Runner }): JSX.Element {
  const waiting = runner.waitingCount.value;
  return (
    <>
      {waiting === 0 ? null : <div class="note warn"><Icon name="cloud" /><div><p>{say("menu.sign_out_waiting", { n: waiting })}</p></div></div>}
      <button type="button" class="button" data-testid="sign-out" onClick={() => { void leave(runner); }}><Icon name="person" />{say("menu.sign_out")}</button>
    </>
  );
}

async function leave(runner: Runner): Promise<void> {
  await runner.flush();
  await runner.attempt(async () => {
    await runner.client.signOut();
    remember("left", "yes");
    location.assign("/sign-in");
  });
}

function Choices({ label, children }: { readonly label: string; readonly children: ComponentChildren }): JSX.Element {
  return <div class="stack" role="group" aria-label={label}><span class="field-label">{label}</span><div class="choices">{children}</div></div>;
}

async function choose(runner: Runner, wanted: Language): Promise<void> {
  remember("language", wanted);
  await speak(wanted);
  await runner.attempt(async () => { await runner.client.chooseLanguage(wanted); });
}
