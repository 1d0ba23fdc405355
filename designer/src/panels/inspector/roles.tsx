import type { JSX } from "preact";
import { addRole, removeRole, renameRole, type Template } from "../../model/index.ts";
import { Icon } from "../../shell/icon.tsx";
import { mayEdit, type Session } from "../../session.ts";
import { language, read, say } from "../../words/index.ts";
import { useState } from "preact/hooks";
import { Combobox } from "../controls/combobox.tsx";
import { Name } from "../controls/name.tsx";
import { WordsControl } from "../controls/words.tsx";
import { optionsFor } from "../references.ts";
import { furtherRoles, roleCalled, roleThere, workRoles } from "../work_roles.ts";
import { Section } from "./heading.tsx";

/** Who works on this repair. A role in use goes only when its steps get another. */
export function Roles({ session }: { readonly session: Session }): JSX.Element {
  const { template } = session.editor.draft.value;
  const isFree = mayEdit(session);
  return (
    <Section title={say("panels.roles")}>
      <ul class="panels-rows" data-testid="panel-roles">{Object.keys(template.roles).map((role) => <RoleRow key={role} session={session} role={role} template={template} />)}</ul>
      {isFree ? <NewRole session={session} /> : null}
    </Section>
  );
}

interface RoleRowProps {
  readonly session: Session;
  readonly role: string;
  readonly template: Template;
}

function RoleRow({ session, role, template }: RoleRowProps): JSX.Element {
  const [isLeaving, leave] = useState(false);
  const steps = Object.values(template.nodes).filter((node) => node.kind === "step" && node.role === role).length;
  const isLast = Object.keys(template.roles).length === 1;
  const remove = (): void => { if (steps > 0) leave(!isLeaving); else session.editor.edit((draft) => removeRole(draft, role)); };
  return (
    <li class="panels-row panels-role">
      <div class="panels-row-body">
        <WordsControl session={session} pointer={`/roles/${role}/title`} label={say("panels.role")} required bare />
        <div class="panels-role-foot">
          <small class="quiet">{say("panels.steps_of_role", { count: steps })}</small>
          <Name session={session} pointer={`/roles/${role}`} name={role} label="" summary={say("panels.more")} taken={new Set(Object.keys(template.roles))} rename={(draft, to) => renameRole(draft, role, to)} />
        </div>
        {isLeaving ? (
          <Combobox id={`panel-instead-${role}`} options={optionsFor(template, "role", "").filter(({ value }) => value !== role)} value="" placeholder={say("panels.instead")} autofocus
            attributes={{ "aria-label": say("panels.instead") }} onChoose={({ value }) => { session.editor.edit((draft) => removeRole(draft, role, value)); }} />
        ) : null}
      </div>
      {mayEdit(session) && !isLast ? <button type="button" class="panels-grip" aria-expanded={steps > 0 ? isLeaving : undefined} aria-label={say("panels.remove_it", { what: read(template.roles[role]?.title) || role })} onClick={remove}><Icon name="close" /></button> : null}
    </li>
  );
}

/** One that people have already, so that they find its work; else a new one, called so in every template. */
function NewRole({ session }: { readonly session: Session }): JSX.Element {
  const known = workRoles(session.client).value;
  const options = furtherRoles(session.editor.draft.value.template, known);
  const add = (text: string): void => {
    const { key, title } = roleCalled(text, known, language.peek());
    if (roleThere(session.editor.draft.peek().template, key, title) !== undefined) return;
    session.editor.edit((draft) => addRole(draft, key, title).command);
  };
  return (
    <div class="panels-add-line">
      <Icon name="plus" />
      <Combobox id="panel-new-role" options={options} value="" isFree placeholder={say("panels.add_role")} attributes={{ "aria-label": say("panels.add_role"), "data-testid": "panel-add-role" }}
        onChoose={({ value }) => { add(value); }} />
    </div>
  );
}
