import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Client } from "../api/client.ts";
import { RightsDialog } from "../rights/index.ts";
import { go } from "../shell/address.ts";
import { Icon } from "../shell/icon.tsx";
import { Menu, type MenuItem } from "../shell/menu.tsx";
import { ago } from "../shell/save_state.tsx";
import { tell } from "../shell/toast.tsx";
import { read, say } from "../words/index.ts";
import { FetchedPicture, Picture } from "./picture.tsx";
import type { BuiltIn, Own } from "./shapes.ts";

/** A template that comes with the product: what it looks like, what it is for. */
export function BuiltInCard({ template, onUse }: { readonly template: BuiltIn; readonly onUse: () => void }): JSX.Element {
  return (
    <article class="gallery-card" data-testid={`builtin-${template.key}`}>
      <Picture svg={template.picture} />
      <div class="gallery-card-words">
        <h3>{read(template.title)}</h3>
        <p class="gallery-about">{read(template.description)}</p>
        <p class="quiet">{say("gallery.size", { steps: template.steps, minutes: Math.round(template.minutes) })}</p>
      </div>
      <button type="button" class="button" aria-label={`${say("gallery.use")}: ${read(template.title)}`} onClick={onUse}>{say("gallery.use")}</button>
    </article>
  );
}

export interface OwnProps { readonly client: Client; readonly template: Own; readonly mayCopy: boolean; readonly onCopy: () => void; readonly onChanged: () => void }

/** One of the company's templates; the whole card opens it. */
export function OwnCard({ client, template, mayCopy, onCopy, onChanged }: OwnProps): JSX.Element {
  const [menu, open] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [rights, showRights] = useState(false);
  const act = (method: "PUT" | "DELETE", path: string, body: { archived: boolean } | null): void => {
    client.act(method, `/templates/${template.id}${path}`, body).then(onChanged, () => { tell(say("gallery.not_done")); });
  };
  const items: readonly MenuItem[] = [
    ...(mayCopy ? [{ label: say("gallery.copy"), icon: "copy" as const, run: onCopy }] : []),
    { label: say("shell.versions"), icon: "history", run: () => { go({ kind: "versions", id: template.id }); } },
    ...(template.right === "own" ? ownersItems(template, act, () => { showRights(true); }) : []),
  ];
  const title = read(template.title) || template.key;
  return (
    <li class="gallery-card own" data-archived={template.archived} data-testid={`own-${template.key}`}>
      <FetchedPicture address={template.picture} />
      <div class="gallery-card-words">
        <h3><a href={`/designer/${template.id}`} onClick={(event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) { event.preventDefault(); go({ kind: "template", id: template.id }); } }}>{title}</a></h3>
        <p class="quiet">{say("gallery.size", { steps: template.steps, minutes: Math.round(template.standard_minutes) })}</p>
        <p class="quiet">{say("gallery.saved_by", { ago: ago(Math.max(0, Date.now() - Date.parse(template.saved_at))), name: template.saved_by_name })}</p>
        <p class="gallery-badges">
          {template.latest_version === null ? <span class="badge warn">{say("gallery.never_published")}</span> : <span class="badge ok">{say("gallery.version", { number: template.latest_version })}</span>}
          {template.latest_version !== null && template.changed ? <span class="badge">{say("gallery.changed")}</span> : null}
          {template.archived ? <span class="badge">{say("gallery.archived")}</span> : null}
          {template.right === "view" ? <span class="badge">{say("shell.read_only")}</span> : null}
        </p>
      </div>
      <button type="button" class="tool gallery-more" aria-haspopup="menu" aria-label={say("gallery.more_about", { title })} data-testid={`own-menu-${template.key}`}
        onClick={({ currentTarget }) => { const box = currentTarget.getBoundingClientRect(); open({ x: box.right, y: box.bottom + 4 }); }}><Icon name="more" /></button>
      {menu === null ? null : <Menu label={title} items={items} at={menu} onClose={() => { open(null); }} />}
      {rights ? <RightsDialog client={client} templateId={template.id} onClose={() => { showRights(false); }} /> : null}
    </li>
  );
}

function ownersItems(template: Own, act: (method: "PUT" | "DELETE", path: string, body: { archived: boolean } | null) => void, showRights: () => void): readonly MenuItem[] {
  const rights: MenuItem = { label: say("shell.rights"), icon: "people", run: showRights };
  if (template.latest_version === null) return [rights, { label: say("gallery.delete"), icon: "trash", danger: true, run: () => { act("DELETE", "", null); } }];
  return [rights, { label: say(template.archived ? "gallery.unarchive" : "gallery.archive"), icon: template.archived ? "rework" : "archive", run: () => { act("PUT", "/archived", { archived: !template.archived }); } }];
}
