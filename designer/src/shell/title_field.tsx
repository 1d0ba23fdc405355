import type { JSX } from "preact";
import { setTemplate } from "../model/index.ts";
import { tongueFor } from "../model/tongues.ts";
import { mayEdit, useSession } from "../session.ts";
import { language, read, say } from "../words/index.ts";

/** The template's name, changed in place, in the language that is spoken, if the template is written in it. */
export function TitleField(): JSX.Element {
  const session = useSession();
  const { template } = session.editor.draft.value;
  const { title } = template;
  const tongue = tongueFor(template, language.value);
  return (
    <input class="title-field" data-testid="template-title" aria-label={say("shell.title")} placeholder={read(title) || say("shell.untitled")} readOnly={!mayEdit(session)}
      value={title[tongue] ?? ""} title={read(title)}
      onInput={({ currentTarget }) => {
        const words = currentTarget.value === "" ? undefined : currentTarget.value;
        session.editor.edit((draft) => setTemplate(draft, ["title", tongue], words));
      }}
      onKeyDown={(event) => { if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur(); }} />
  );
}
