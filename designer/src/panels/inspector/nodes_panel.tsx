import type { Json } from "@mendloop/engine";
import type { JSX } from "preact";
import { type Command, type Draft, joined, type Node, setNode } from "../../model/index.ts";
import { Icon } from "../../shell/icon.tsx";
import { mayEdit, type Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import { Combobox } from "../controls/combobox.tsx";
import { Frame, told } from "../controls/frame.tsx";
import { NumberFrame } from "../controls/number.tsx";
import { nodeTitle, optionsFor } from "../references.ts";
import { Heading } from "./heading.tsx";
import { NodeTools } from "./node_panel.tsx";

/** Several nodes at once: what they have in common can be set for all. */
export function NodesPanel({ session, ids }: { readonly session: Session; readonly ids: readonly string[] }): JSX.Element {
  const { template } = session.editor.draft.value;
  const steps = ids.filter((id) => template.nodes[id]?.kind === "step");
  return (
    <div class="panels-panel" data-testid="panel-nodes">
      <Heading icon="copy" kind={say("panels.selected", { count: ids.length })}>{mayEdit(session) ? <NodeTools session={session} ids={ids} /> : null}</Heading>
      {steps.length === 0 ? null : <Common session={session} steps={steps} />}
      <ul class="panels-names">
        {ids.map((id) => <li key={id}><button type="button" class="panels-pick" onClick={() => { session.editor.selection.value = { kind: "nodes", nodes: [id] }; }}><Icon name={template.nodes[id]?.kind ?? "step"} />{nodeTitle(template.nodes[id], id)}</button></li>)}
      </ul>
    </div>
  );
}

function Common({ session, steps }: { readonly session: Session; readonly steps: readonly string[] }): JSX.Element {
  const { template } = session.editor.draft.value;
  const roles = valuesOf(template.nodes, steps, "role");
  const minutes = valuesOf(template.nodes, steps, "standard_minutes");
  const set = (key: string, value: Json | undefined): void => { session.editor.edit((draft) => setAll(draft, steps, key, value)); };
  const frame = { id: "panel-all-role", label: say("panels.role"), beside: true };
  const several = say("panels.several_values");
  return (
    <div class="panels-controls">
      <Frame {...frame}>
        <Combobox id={frame.id} options={optionsFor(template, "role", "")} value={roles.length === 1 ? String(roles[0]) : ""} placeholder={several} readonly={!mayEdit(session)} attributes={told(frame)} onChoose={({ value }) => { set("role", value); }} />
      </Frame>
      <NumberFrame id="panel-all-minutes" label={say("panels.minutes")} beside readonly={!mayEdit(session)} value={minutes.length === 1 ? (minutes[0] as number | undefined) : undefined} bounds={{ whole: false, above: 0 }}
        unit={say("panels.minutes_unit")} placeholder={minutes.length > 1 ? several : ""} pointer="" onChange={(value) => { set("standard_minutes", value); }} />
    </div>
  );
}

/** The different values that these steps have. */
function valuesOf(nodes: Readonly<Record<string, Node>>, steps: readonly string[], key: "role" | "standard_minutes"): readonly unknown[] {
  return [...new Set(steps.map((id) => { const node = nodes[id]; return node?.kind === "step" ? node[key] : undefined; }))];
}

/** One edit for all of them. */
function setAll(draft: Draft, ids: readonly string[], key: string, value: Json | undefined): Command | null {
  let now = draft;
  let whole: Command | null = null;
  for (const id of ids) {
    const one = setNode(now, id, [key], value);
    if (one === null) continue;
    now = one.apply(now);
    whole = whole === null ? one : joined(whole, one);
  }
  return whole === null ? null : { ...whole, burst: `all ${key} ${ids.join(" ")}` };
}
