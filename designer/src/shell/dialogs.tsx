import type { JSX } from "preact";
import { useSession } from "../session.ts";
import { say } from "../words/index.ts";
import type { Action } from "./actions.ts";
import { fetched, readied } from "./fetched.tsx";
import { Icon } from "./icon.tsx";
import { exportTemplate } from "./more_menu.ts";
import type { Screen } from "./screen.ts";

const CommandPalette = readied(async () => (await import("./command_palette.tsx")).CommandPalette);
const Shortcuts = readied(async () => (await import("./shortcuts.tsx")).Shortcuts);
const Sheet = readied(async () => (await import("./sheet.tsx")).Sheet);
const Preview = fetched(async () => (await import("../preview/index.ts")).Preview);
const TryIt = fetched(async () => (await import("../preview/index.ts")).TryIt);
const PublishDialog = fetched(async () => (await import("../publishing/index.ts")).PublishDialog);
const RightsDialog = fetched(async () => (await import("../rights/index.ts")).RightsDialog);
const Conflicts = fetched(async () => (await import("./conflicts.tsx")).Conflicts);
const Refused = readied(async () => (await import("./refused.tsx")).Refused);
const FindReplace = fetched(async () => (await import("./find_replace.tsx")).FindReplace);
const Translations = fetched(async () => (await import("../panels/translations.tsx")).Translations);

/** The phone beside the canvas. */
export function PhoneColumn(): JSX.Element {
  const session = useSession();
  return <aside class="phone-column" aria-label={say("shell.phone")} data-testid="phone-column"><Preview session={session} /></aside>;
}

/** The whole template on a made-up order, beside the canvas, which draws where that order is. */
export function TrialColumn({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const session = useSession();
  return (
    <aside class="trial-column" aria-label={say("shell.try_it")} data-testid="trial">
      <header><h2>{say("shell.try_it")}</h2><button type="button" class="tool" aria-label={say("shell.close")} data-testid="trial-close" onClick={onClose}><Icon name="close" /></button></header>
      <TryIt session={session} />
    </aside>
  );
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
    case "refused": return <Refused onClose={close} onExport={() => { exportTemplate(session); }} />;
    case "conflict": return <Conflicts onClose={close} />;
    case "publish": return <PublishDialog session={session} onClose={close} />;
    case "rights": return <RightsDialog client={session.client} templateId={session.templateId} onClose={close} />;
    case "translations": return <Sheet title={say("shell.translations")} onClose={close} wide testid="translations"><Translations session={session} /></Sheet>;
  }
}
