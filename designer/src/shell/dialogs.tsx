import type { JSX } from "preact";
import { useSession } from "../session.ts";
import { say } from "../words/index.ts";
import type { Action } from "./actions.ts";
import { CommandPalette } from "./command_palette.tsx";
import { fetched } from "./fetched.tsx";
import type { Screen } from "./screen.ts";
import { Sheet } from "./sheet.tsx";
import { Shortcuts } from "./shortcuts.tsx";

const Preview = fetched(async () => (await import("../preview/index.ts")).Preview);
const TryIt = fetched(async () => (await import("../preview/index.ts")).TryIt);
const PublishDialog = fetched(async () => (await import("../publishing/index.ts")).PublishDialog);
const RightsDialog = fetched(async () => (await import("../rights/index.ts")).RightsDialog);
const Conflicts = fetched(async () => (await import("./conflicts.tsx")).Conflicts);
const FindReplace = fetched(async () => (await import("./find_replace.tsx")).FindReplace);
const Translations = fetched(async () => (await import("../panels/translations.tsx")).Translations);

/** The phone beside the canvas. */
export function PhoneColumn(): JSX.Element {
  const session = useSession();
  return <aside class="phone-column" aria-label={say("shell.phone")} data-testid="phone-column"><Preview session={session} /></aside>;
}

/** Whichever dialog is open. */
export function Dialogs({ screen, actions }: { readonly screen: Screen; readonly actions: readonly Action[] }): JSX.Element | null {
  const session = useSession();
  const close = (): void => { screen.dialog.value = null; };
  switch (screen.dialog.value) {
    case null: return null;
    case "palette": return <CommandPalette actions={actions} onClose={close} />;
    case "shortcuts": return <Shortcuts actions={actions} onClose={close} />;
    case "find": return <FindReplace onClose={close} />;
    case "conflict": return <Conflicts onClose={close} />;
    case "publish": return <PublishDialog session={session} onClose={close} />;
    case "rights": return <RightsDialog client={session.client} templateId={session.templateId} onClose={close} />;
    case "try": return <Sheet title={say("shell.try_it")} onClose={close} wide testid="try-sheet"><TryIt session={session} /></Sheet>;
    case "translations": return <Sheet title={say("shell.translations")} onClose={close} wide testid="translations"><Translations session={session} /></Sheet>;
    case "print": return null;
  }
}
