import type { JSX } from "preact";
import { duplicateNodes, KIND_NAMES, type Node, removeNodes, renameNode, setStart } from "../../model/index.ts";
import { Icon } from "../../shell/icon.tsx";
import { mayEdit, type Session } from "../../session.ts";
import { read, say } from "../../words/index.ts";
import { Controls } from "../controls.tsx";
import { Name } from "../controls/name.tsx";
import { WordsControl } from "../controls/words.tsx";
import { FoundHere } from "./found.tsx";
import { Heading, Tool } from "./heading.tsx";
import { Routes } from "./routes.tsx";

interface NodePanelProps {
  readonly session: Session;
  readonly id: string;
  readonly node: Node;
}

const ELSEWHERE: readonly string[] = ["kind", "title", "fields", "next"];

/** A node's settings. Its fields have a place of their own. */
export function NodePanel({ session, id, node }: NodePanelProps): JSX.Element {
  const pointer = `/nodes/${id}`;
  return (
    <div class="panels-panel" data-testid={`panel-node-${id}`}>
      <Heading icon={node.kind} kind={read(KIND_NAMES[node.kind])} note={session.editor.draft.value.template.start === id ? <span class="badge ok"><Icon name="play" />{say("panels.is_start")}</span> : undefined}
        title={<WordsControl session={session} pointer={`${pointer}/title`} label={say("panels.title")} required={node.kind === "step"} bare />}>
        {mayEdit(session) ? <NodeTools session={session} ids={[id]} /> : null}
      </Heading>
      <FoundHere session={session} pointer={pointer} />
      <Controls session={session} pointer={pointer} without={ELSEWHERE} folded={(
        <Name session={session} pointer={pointer} name={id} label="" taken={new Set(Object.keys(session.editor.draft.value.template.nodes))}
          rename={(draft, to) => renameNode(draft, id, to)} onRenamed={(to) => { follow(session, id, to); }} />
      )} />
      {node.kind === "join" ? <p class="hint">{say("panels.join_teaches")}</p> : null}
      <Routes session={session} node={id} />
      <div class="panels-foot"><Start session={session} id={id} /></div>
    </div>
  );
}

/** What is selected and open is so under its new name too. */
function follow(session: Session, id: string, to: string): void {
  if (session.editor.draft.peek().template.nodes[to] === undefined) return;
  session.editor.selection.value = { kind: "nodes", nodes: [to] };
  if (session.open.peek() === id) session.open.value = to;
}

/** Makes every order begin here. */
function Start({ session, id }: { readonly session: Session; readonly id: string }): JSX.Element | null {
  const { template } = session.editor.draft.value;
  if (!mayEdit(session) || template.start === id || template.nodes[id]?.kind === "end") return null;
  return <button type="button" class="panels-link" data-testid="panel-set-start" onClick={() => { session.editor.edit((draft) => setStart(draft, id)); }}>{say("panels.begin_here")}</button>;
}

export function NodeTools({ session, ids }: { readonly session: Session; readonly ids: readonly string[] }): JSX.Element {
  const duplicate = (): void => {
    let made: readonly string[] = [];
    session.editor.edit((draft) => {
      const pasted = duplicateNodes(draft, ids);
      made = pasted?.ids ?? [];
      return pasted?.command ?? null;
    });
    if (made.length > 0) session.editor.selection.value = { kind: "nodes", nodes: made };
  };
  const remove = (): void => {
    session.editor.edit((draft) => removeNodes(draft, ids));
    session.editor.selection.value = { kind: "template" };
    document.getElementById("side")?.focus(); // the button that had the keyboard goes with the panel
  };
  return (
    <>
      <Tool icon="copy" label={say("panels.duplicate")} testid="panel-duplicate" onClick={duplicate} />
      <Tool icon="trash" label={say("panels.delete")} testid="panel-delete" onClick={remove} />
    </>
  );
}
