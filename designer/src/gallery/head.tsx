import type { JSX } from "preact";
import type { Client } from "../api/client.ts";
import { appearance, chooseAppearance } from "../shell/appearance.ts";
import { Icon } from "../shell/icon.tsx";
import { speakOther } from "../shell/other_language.ts";
import { language, say } from "../words/index.ts";

/** Back to the desk, the language, day or night. */
export function GalleryHead({ client }: { readonly client: Client }): JSX.Element {
  const isDark = appearance.value === "dark" || (appearance.value === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <header class="gallery-head">
      <a class="button" href="/templates" data-testid="to-desk"><Icon name="back" />{say("gallery.to_desk")}</a>
      <b>{say("shell.name")}</b>
      <span class="bar-space" />
      <button type="button" class="button" lang={language.value === "en" ? "zh-CN" : "en"} data-testid="language" onClick={() => { void speakOther(client); }}>{language.value === "en" ? "中文" : "English"}</button>
      <button type="button" class="tool" aria-label={say(isDark ? "shell.light" : "shell.dark")} title={say(isDark ? "shell.light" : "shell.dark")} onClick={() => { chooseAppearance(isDark ? "light" : "dark"); }}><Icon name={isDark ? "sun" : "moon"} /></button>
    </header>
  );
}
