import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Json } from "@mendloop/engine";
import type { Client } from "../api/client.ts";
import { go } from "../shell/address.ts";
import { tell, Toast } from "../shell/toast.tsx";
import { language, say } from "../words/index.ts";
import { GalleryHead } from "./head.tsx";
import { Begin, OwnTemplates } from "./sections.tsx";
import type { BuiltIn, Own } from "./shapes.ts";

interface Listed { readonly own: readonly Own[]; readonly builtIn: readonly BuiltIn[]; readonly mayMake: boolean }

/** Every template that one may open, and every way to begin another. */
export function Gallery({ client }: { readonly client: Client }): JSX.Element {
  const [listed, show] = useState<Listed | null>(null);
  const [failed, fail] = useState(false);
  const load = (): void => { fail(false); list(client).then(show, () => { fail(true); }); };
  useEffect(load, []);
  useEffect(() => { document.title = `${say("gallery.title")} – ${say("shell.name")}`; }, [language.value]);
  const make = (start: Json): void => {
    client.act<{ readonly template_id: string }>("POST", "/templates", start).then(({ template_id: id }) => { go({ kind: "template", id }); }, () => { tell(say("gallery.not_made")); });
  };
  const hasOwn = (listed?.own.length ?? 0) > 0; // whoever has templates comes for them
  const own = <OwnTemplates key="own" client={client} list={listed?.own ?? null} isFetching={listed === null && !failed} mayMake={listed?.mayMake === true} onMake={make} onChanged={load} />;
  const begin = listed?.mayMake === true ? <Begin key="begin" client={client} builtIn={listed.builtIn} onMake={make} /> : null;
  return (
    <div class="gallery" data-testid="gallery">
      <GalleryHead client={client} />
      <main>
        <h1>{say("gallery.title")}</h1>
        {failed ? <p class="gallery-failed" role="alert">{say("gallery.failed")} <button type="button" class="button" onClick={load}>{say("shell.try_again")}</button></p> : null}
        {hasOwn ? [own, begin] : [begin, own]}
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
