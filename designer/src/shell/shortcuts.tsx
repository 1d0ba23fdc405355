import type { JSX } from "preact";
import { say } from "../words/index.ts";
import { type Action, shownKeys } from "./actions.ts";
import { Sheet } from "./sheet.tsx";

/** What each setting does by itself, wherever the keyboard is in it. */
function explaining(): Action {
  return { id: "explain", group: say("shell.group_general"), label: say("shell.explain"), keys: ["F1"], run: () => undefined };
}

/** Every act that has keys, by what it is about. */
export function Shortcuts({ actions, onClose }: { readonly actions: readonly Action[]; readonly onClose: () => void }): JSX.Element {
  const withKeys = [...actions.filter(({ keys }) => keys !== undefined), explaining()];
  const groups = [...new Set(withKeys.map(({ group }) => group))].map((group) => [group, withKeys.filter((action) => action.group === group)] as const);
  return (
    <Sheet title={say("shell.shortcuts")} onClose={onClose} wide testid="shortcuts">
      <div class="shortcuts" tabIndex={0}>
        {groups.map(([group, listed]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>{listed.map((action) => <div key={action.id}><dt>{action.label}</dt><dd>{(action.keys ?? []).map((keys) => <kbd key={keys}>{shownKeys(keys)}</kbd>)}</dd></div>)}</dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}
