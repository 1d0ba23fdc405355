import type { JSX } from "preact";
import { connect, type Edge, moveEdge, type Node, removeEdge, routesOf, type Template } from "../../model/index.ts";
import { Icon } from "../../shell/icon.tsx";
import { mayEdit, type Session } from "../../session.ts";
import { read, say } from "../../words/index.ts";
import { useSentence } from "../conditions_room.ts";
import { Combobox } from "../controls/combobox.tsx";
import { useOrdering } from "../ordering.ts";
import { nodeTitle, optionsFor } from "../references.ts";
import { stayInList } from "../stay.ts";
import { Section } from "./heading.tsx";

/** Where the flow goes after a node: one line a route, tried from the top. */
export function Routes({ session, node: id }: { readonly session: Session; readonly node: string }): JSX.Element | null {
  const { template } = session.editor.draft.value;
  const node = template.nodes[id];
  const routes = routesOf(node);
  const ordering = useOrdering(routes.length, (from, to) => { session.editor.edit((draft) => moveEdge(draft, id, from, to)); });
  const sentence = useSentence();
  if (node === undefined || node.kind === "end") return null;
  const isFree = mayEdit(session);
  return (
    <Section title={say(node.kind === "parallel" ? "panels.branches" : "panels.then")} aside={routes.length > 1 && node.kind !== "parallel" ? <small>{say("panels.tried_in_order")}</small> : null}>
      {routes.length === 0 ? <p class="hint">{say("panels.no_routes")}</p> : null}
      <ol class="panels-rows" data-testid="panel-routes">
        {routes.map((route, index) => (
          <li key={`${route.to} ${String(route.rework ?? false)}`} class="panels-row" data-row={index} data-dragged={ordering.drag?.from === index ? true : undefined} data-drop={ordering.drag?.to === index && ordering.drag.from !== index ? "before" : undefined}
            onKeyDown={(event) => { ordering.onKeyDown(event, index); }}>
            {isFree && routes.length > 1 ? <button type="button" class="panels-grip" aria-label={say("panels.move", { what: targetName(template, route) })} title={say("panels.move_hint")} {...ordering.handle(index)}><Icon name="grip" /></button> : <span class="panels-grip" />}
            <button type="button" class="panels-route" data-testid={`panel-route-${index}`} onClick={() => { session.editor.selection.value = { kind: "edge", node: id, index }; }}>
              <span class="panels-route-when">{whenWords(node, route, index, (source) => sentence(template, id, source))}</span>
              <span class="panels-route-to"><span aria-hidden="true">→</span> {targetName(template, route)}{route.rework === true ? <span class="badge warn"><Icon name="rework" />{say("panels.rework")}</span> : null}</span>
            </button>
            {isFree ? <button type="button" class="panels-grip" aria-label={say("panels.remove_it", { what: targetName(template, route) })} onClick={(event) => { stayInList(event); session.editor.edit((draft) => removeEdge(draft, id, index)); }}><Icon name="close" /></button> : null}
          </li>
        ))}
      </ol>
      {isFree ? <NewRoute session={session} from={id} template={template} /> : null}
    </Section>
  );
}

export function targetName(template: Template, route: Edge): string {
  return nodeTitle(template.nodes[route.to], route.to);
}

/** "When …", "else", or "always". */
export function whenWords(node: Node, route: Edge, index: number, sentence: (source: string) => string): string {
  const label = read(route.label);
  const when = route.when === undefined ? say(node.kind === "parallel" || index === 0 ? "panels.always" : "panels.else") : say("panels.when", { condition: sentence(route.when) });
  return label === "" ? when : `${label} · ${when}`;
}

function NewRoute({ session, from, template }: { readonly session: Session; readonly from: string; readonly template: Template }): JSX.Element {
  const taken = new Set(routesOf(template.nodes[from]).map(({ to }) => to));
  const options = optionsFor(template, "node", "").filter(({ value }) => value !== from && !taken.has(value));
  return (
    <Combobox id="panel-new-route" options={options} value="" placeholder={say("panels.add_route")} attributes={{ "aria-label": say("panels.add_route"), "data-testid": "panel-add-route" }}
      onChoose={({ value }) => { session.editor.edit((draft) => connect(draft, from, value)); }} />
  );
}
