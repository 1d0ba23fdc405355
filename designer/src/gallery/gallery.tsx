import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Json } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import { go } from "../shell/address.ts";
import { Icon } from "../shell/icon.tsx";
import { tell, Toast } from "../shell/toast.tsx";
import { language, read, say } from "../words/index.ts";
import { BuiltInCard, OwnCard } from "./cards.tsx";
import { GalleryHead } from "./head.tsx";
import { ImportButton } from "./importing.tsx";
import type { BuiltIn, Own } from "./shapes.ts";

interface Listed { readonly own: readonly Own[]; readonly builtIn: readonly BuiltIn[]; readonly mayMake: boolean }

/** Every template that one may open, and every way to begin another. */
export function Gallery({ client }: { readonly client: Client }): JSX.Element {
  const [listed, show] = useState<Listed | null>(null);
  const [failed, fail] = useState(false);
  const [asked, ask] = useState("");
  const load = (): void => { fail(false); list(client).then(show, () => { fail(true); }); };
  useEffect(load, []);
  useEffect(() => { document.title = `${say("gallery.title")} – ${say("shell.name")}`; }, [language.value]);
  const make = (start: Json): void => {
    client.act<{ readonly template_id: string }>("POST", "/templates", start).then(({ template_id: id }) => { go({ kind: "template", id }); }, () => { tell(say("gallery.not_made")); });
  };
  const own = useMemo(() => (listed?.own ?? []).filter((template) => fits(template, asked)), [listed, asked]);
  return (
    <div class="gallery" data-testid="gallery">
      <GalleryHead client={client} />
      <main>
        <h1>{say("gallery.title")}</h1>
        {failed ? <p class="gallery-failed" role="alert">{say("gallery.failed")} <button type="button" class="button" onClick={load}>{say("shell.try_again")}</button></p> : null}
        {listed?.mayMake !== true ? null : (
          <section aria-labelledby="begin">
            <h2 id="begin">{say("gallery.begin")}</h2>
            <div class="gallery-grid">
              <button type="button" class="gallery-blank" data-testid="blank" onClick={() => { make({ from: "blank", title: { [language.peek()]: say("gallery.blank_title") } }); }}>
                <Icon name="plus" /><b>{say("gallery.blank")}</b><span>{say("gallery.blank_about")}</span>
              </button>
              <ImportButton client={client} onRead={(document) => { make({ document }); }} />
              {listed.builtIn.map((template) => <BuiltInCard key={template.key} template={template} onUse={() => { make({ from: `builtin:${template.key}` }); }} />)}
            </div>
          </section>
        )}
        <section aria-labelledby="own">
          <div class="gallery-own-head">
            <h2 id="own">{say("gallery.own")}</h2>
            <label class="gallery-search"><Icon name="search" /><input class="input" type="search" aria-label={say("gallery.search")} placeholder={say("gallery.search")} data-testid="gallery-search" value={asked} onInput={({ currentTarget }) => { ask(currentTarget.value); }} /></label>
          </div>
          {listed === null && !failed ? <p class="fetching" role="status">{say("shell.fetching")}</p> : null}
          {listed !== null && own.length === 0 ? <p class="gallery-none">{say(asked === "" ? "gallery.none" : "gallery.none_found")}</p> : null}
          <ul class="gallery-grid">{own.map((template) => <OwnCard key={template.id} client={client} template={template} mayCopy={listed?.mayMake === true} onCopy={() => { make({ from: `template:${template.id}` }); }} onChanged={load} />)}</ul>
        </section>
      </main>
      <Toast />
    </div>
  );
}

async function list(client: Client): Promise<Listed> {
  const [drafts, builtIn, session] = await Promise.all([
    client.get<{ readonly templates: readonly Own[] }>("/drafts"),
    client.get<{ readonly templates: readonly BuiltIn[] }>("/builtin-templates"),
    client.get<{ readonly roles: readonly string[] }>("/session"),
  ]);
  const mayMake = session.roles.some((role) => role === "owner" || role === "designer");
  return { own: [...drafts.templates].sort((one, other) => Number(one.archived) - Number(other.archived)), builtIn: builtIn.templates, mayMake };
}

function fits({ title, key }: Own, asked: string): boolean {
  return `${Object.values(title).join(" ")} ${key} ${read(title)}`.toLowerCase().includes(asked.trim().toLowerCase());
}
