import { canvasCommands } from "../canvas/index.ts";
import { mayEdit, type Session } from "../session.ts";
import { say } from "../words/index.ts";
import type { Action } from "./actions.ts";
import { chooseAppearance } from "./appearance.ts";
import { go } from "./address.ts";
import { goToArea } from "./areas.ts";
import { printDraft } from "./printing.ts";
import type { Dialog, Screen } from "./screen.ts";

/** Everything that can be done from the keyboard and from the command palette. */
export function shellActions(session: Session, screen: Screen): readonly Action[] {
  const { editor } = session;
  const general = say("shell.group_general");
  const view = say("shell.group_view");
  const show = (dialog: Dialog) => () => { screen.dialog.value = dialog; };
  const turn = (which: "problems" | "phone" | "outline" | "trial") => () => { screen[which].value = !screen[which].peek(); };
  return [
    { id: "undo", group: general, label: say("shell.undo"), keys: ["Mod+Z"], run: () => { editor.undo(); }, isPossible: () => mayEdit(session) },
    { id: "redo", group: general, label: say("shell.redo"), keys: ["Mod+Shift+Z", "Mod+Y"], run: () => { editor.redo(); }, isPossible: () => mayEdit(session) },
    { id: "palette", group: general, label: say("shell.palette"), keys: ["Mod+K"], run: show("palette") },
    { id: "find", group: general, label: say("shell.find"), keys: ["Mod+F", "Mod+H"], run: show("find") },
    { id: "publish", group: general, label: say("shell.publish"), run: show("publish"), isPossible: () => session.rights.peek().includes("publish") },
    { id: "try", group: general, label: say("shell.try_it"), keys: ["Mod+Enter"], run: turn("trial") },
    { id: "translations", group: general, label: say("shell.translations"), run: show("translations") },
    { id: "rights", group: general, label: say("shell.rights"), run: show("rights") },
    { id: "versions", group: general, label: say("shell.versions"), run: () => { go({ kind: "versions", id: session.templateId }); } },
    { id: "print", group: general, label: say("shell.print"), run: () => { void printDraft(session); } },
    { id: "gallery", group: general, label: say("shell.back"), run: () => { go({ kind: "gallery" }); } },
    { id: "shortcuts", group: general, label: say("shell.shortcuts"), keys: ["?"], run: show("shortcuts") },
    { id: "next-area", group: general, label: say("shell.next_area"), keys: ["F6"], run: () => { goToArea(1); } },
    { id: "previous-area", group: general, label: say("shell.previous_area"), keys: ["Shift+F6"], run: () => { goToArea(-1); } },
    { id: "problems", group: view, label: say("shell.problems"), keys: ["Mod+M"], run: turn("problems") },
    { id: "next-problem", group: view, label: say("shell.next_problem"), keys: ["F8"], run: () => { revealNext(session); } },
    { id: "phone", group: view, label: say("shell.phone"), keys: ["Mod+P"], run: turn("phone") },
    { id: "outline", group: view, label: say("shell.outline"), keys: ["Mod+O"], run: turn("outline") },
    { id: "light", group: view, label: say("shell.light"), run: () => { chooseAppearance("light"); } },
    { id: "dark", group: view, label: say("shell.dark"), run: () => { chooseAppearance("dark"); } },
    { id: "auto", group: view, label: say("shell.auto"), run: () => { chooseAppearance("auto"); } },
    ...canvasCommands(session),
  ];
}

function revealNext(session: Session): void {
  const problems = session.check.peek()?.problems ?? [];
  const now = session.revealed.peek()?.pointer;
  const next = problems[(problems.findIndex(({ at }) => at === now) + 1) % Math.max(1, problems.length)];
  if (next !== undefined) session.reveal(next.at);
}
