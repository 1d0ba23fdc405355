import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Canvas, Outline, Palette } from "../canvas/index.ts";
import { keepRareReady, keepReady } from "../later.ts";
import { useSession } from "../session.ts";
import { language, say } from "../words/index.ts";
import { type Action, actionFor } from "./actions.ts";
import { Bar, windowTitle } from "./bar.tsx";
import { Dialogs, PhoneColumn, TrialColumn } from "./dialogs.tsx";
import { useLeaving } from "./leaving.ts";
import { readied } from "./fetched.tsx";
import { menuOf } from "./more_menu.ts";
import { newScreen } from "./screen.ts";
import { shellActions } from "./shell_actions.ts";
import { Side } from "./side.tsx";
import { Icon } from "./icon.tsx";
import { Toast } from "./toast.tsx";

const Problems = readied(async () => (await import("./problems.tsx")).Problems);

/** One template, open: the flow in the middle, what is selected at its right, the phone beside it. */
export function EditorScreen(): JSX.Element {
  const session = useSession();
  const screen = useMemo(newScreen, []);
  const leave = useLeaving();
  const actions = useMemo(() => shellActions(session, screen), [session, language.value]);
  useKeys(actions);
  useEffect(() => { void keepReady().then(keepRareReady); }, []);
  const { title } = session.editor.draft.value.template;
  useEffect(() => { document.title = windowTitle(title); }, [title]);
  const isOutline = screen.outline.value;
  return (
    <div class="editor" data-testid="editor" data-phone={screen.phone.value} data-outline={isOutline} data-trial={screen.trial.value}>
      <a class="skip" href="#side">{say("shell.skip")}</a>
      <Bar screen={screen} menu={menuOf(session, screen)} onLeave={leave} />
      <nav class="left" aria-label={isOutline ? say("shell.outline") : say("shell.palette_of_kinds")}>
        <button type="button" class="tool" aria-pressed={isOutline} aria-label={say("shell.outline")} title={say("shell.outline")} data-testid="toggle-outline"
          onClick={() => { screen.outline.value = !isOutline; }}><Icon name="outline" /></button>
        <Palette session={session} />
        {isOutline ? <Outline session={session} /> : null}
      </nav>
      <main class="middle">
        <Canvas session={session} />
        {screen.problems.value ? <Problems onTranslations={() => { screen.dialog.value = "translations"; }} onTry={() => { screen.trial.value = true; }} onClose={() => { screen.problems.value = false; focusOn("open-problems"); }} /> : null}
      </main>
      {screen.trial.value ? <TrialColumn onClose={() => { screen.trial.value = false; focusOn("try-it"); }} /> : (
        <>
          <aside class="side" id="side" tabIndex={-1} aria-label={say("shell.side")}><Side screen={screen} /></aside>
          {screen.phone.value ? <PhoneColumn /> : null}
        </>
      )}
      <Dialogs screen={screen} actions={actions} />
      <Toast />
    </div>
  );
}

/** What closes gives the keyboard back to the button that opened it. */
function focusOn(opener: string): void {
  document.querySelector<HTMLElement>(`[data-testid="${opener}"]`)?.focus();
}

function useKeys(actions: readonly Action[]): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const action = actionFor(event, actions);
      if (action === undefined) return;
      event.preventDefault();
      action.run();
    };
    addEventListener("keydown", pressed);
    return () => { removeEventListener("keydown", pressed); };
  }, [actions]);
}
