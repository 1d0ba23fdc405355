import type { Session } from "../session.ts";
import { language, read, say } from "../words/index.ts";
import { go } from "./address.ts";
import { appearance, chooseAppearance } from "./appearance.ts";
import { saveAsFile } from "./files.ts";
import type { MenuItem } from "./menu.tsx";
import { speakOther } from "./other_language.ts";
import { printDraft } from "./printing.ts";
import type { Screen } from "./screen.ts";

/** What is wanted more rarely. */
export function menuOf(session: Session, screen: Screen): readonly MenuItem[] {
  const isDark = appearance.value === "dark";
  return [
    { label: say("shell.versions"), icon: "history", testid: "menu-versions", run: () => { go({ kind: "versions", id: session.templateId }); } },
    { label: say("shell.translations"), icon: "outline", testid: "menu-translations", run: () => { screen.dialog.value = "translations"; } },
    { label: say("shell.find"), icon: "search", keys: "Ctrl F", testid: "menu-find", run: () => { screen.dialog.value = "find"; } },
    { label: say("shell.rights"), icon: "people", testid: "menu-rights", run: () => { screen.dialog.value = "rights"; } },
    { label: say("shell.export"), icon: "upload", testid: "menu-export", run: () => { exportTemplate(session); } },
    { label: say("shell.print"), icon: "print", testid: "menu-print", run: () => { void printDraft(session); } },
    { label: say("shell.shortcuts"), icon: "help", keys: "?", testid: "menu-shortcuts", run: () => { screen.dialog.value = "shortcuts"; } },
    { label: isDark ? say("shell.light") : say("shell.dark"), icon: isDark ? "sun" : "moon", testid: "menu-appearance", run: () => { chooseAppearance(isDark ? "light" : "dark"); } },
    { label: language.value === "en" ? "中文" : "English", testid: "menu-language", run: () => { void speakOther(session.client); } },
  ];
}

export function exportTemplate(session: Session): void {
  const { template } = session.editor.draft.peek();
  saveAsFile(`${template.key}.json`, template);
  session.tell(say("shell.exported", { title: read(template.title) }));
}
