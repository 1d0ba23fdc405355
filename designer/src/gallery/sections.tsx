import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Json } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import { Icon } from "../shell/icon.tsx";
import { language, read, say } from "../words/index.ts";
import { BuiltInCard, OwnCard } from "./cards.tsx";
import { ImportButton } from "./importing.tsx";
import type { BuiltIn, Own } from "./shapes.ts";

interface BeginProps { readonly client: Client; readonly builtIn: readonly BuiltIn[]; readonly onMake: (start: Json) => void }

/** Every way to begin another template. */
export function Begin({ client, builtIn, onMake }: BeginProps): JSX.Element {
  return (
    <section aria-labelledby="begin">
      <h2 id="begin">{say("gallery.begin")}</h2>
      <div class="gallery-grid">
        <button type="button" class="gallery-blank" data-testid="blank" onClick={() => { onMake({ from: "blank", title: { [language.peek()]: say("gallery.blank_title") } }); }}>
          <Icon name="plus" /><b>{say("gallery.blank")}</b><span>{say("gallery.blank_about")}</span>
        </button>
        <ImportButton client={client} onRead={(document) => { onMake({ document }); }} />
        {builtIn.map((template) => <BuiltInCard key={template.key} template={template} onUse={() => { onMake({ from: `builtin:${template.key}` }); }} />)}
      </div>
    </section>
  );
}

interface OwnProps { readonly client: Client; readonly list: readonly Own[] | null; readonly isFetching: boolean; readonly mayMake: boolean; readonly onMake: (start: Json) => void; readonly onChanged: () => void }

/** The company's own templates, and one of them by its name. */
export function OwnTemplates({ client, list, isFetching, mayMake, onMake, onChanged }: OwnProps): JSX.Element {
  const [asked, ask] = useState("");
  const shown = useMemo(() => (list ?? []).filter((template) => fits(template, asked)), [list, asked]);
  return (
    <section aria-labelledby="own">
      <div class="gallery-own-head">
        <h2 id="own">{say("gallery.own")}</h2>
        <label class="gallery-search"><Icon name="search" /><input class="input" type="search" aria-label={say("gallery.search")} placeholder={say("gallery.search")} data-testid="gallery-search" value={asked} onInput={({ currentTarget }) => { ask(currentTarget.value); }} /></label>
      </div>
      {isFetching ? <p class="fetching" role="status">{say("shell.fetching")}</p> : null}
      {list !== null && shown.length === 0 ? <p class="gallery-none">{say(asked === "" ? "gallery.none" : "gallery.none_found")}</p> : null}
      <ul class="gallery-grid">{shown.map((template) => <OwnCard key={template.id} client={client} template={template} mayCopy={mayMake} onCopy={() => { onMake({ from: `template:${template.id}` }); }} onChanged={onChanged} />)}</ul>
    </section>
  );
}

function fits({ title, key }: Own, asked: string): boolean {
  return `${Object.values(title).join(" ")} ${key} ${read(title)}`.toLowerCase().includes(asked.trim().toLowerCase());
}
