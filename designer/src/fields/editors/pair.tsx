import type { JSX } from "preact";
import { useId, useRef } from "preact/hooks";
import { Combobox, nodeTitle, type Option, useProblem } from "../../panels/index.ts";
import { fieldsOf, type Template } from "../../model/index.ts";
import { mayEdit, type Session } from "../../session.ts";
import { Icon } from "../../shell/icon.tsx";
import { read, say } from "../../words/index.ts";
import { fullName, pairUp, partnersOf, partUp, placeNamed, type ShotPlace, shotsOf } from "../pairs.ts";

interface PairProps { readonly session: Session; readonly pointer: string; readonly place: ShotPlace }

/** Before and after: the shots that this one is compared with, whichever of them names the other. */
export function Pair({ session, pointer, place }: PairProps): JSX.Element {
  const id = useId();
  const chosen = useRef<HTMLDivElement>(null);
  const { template } = session.editor.draft.value;
  const partners = partnersOf(template, place);
  const problem = useProblem(session, pointer);
  const others = [...shotsOf(template)].filter((each) => fullName(each) !== fullName(place)).map((each) => optionFor(template, each));
  const choose = ({ value }: Option): void => {
    const other = placeNamed(value, place.node);
    if (other === null) return;
    session.editor.edit((draft) => pairUp(draft, place, other));
    requestAnimationFrame(() => { chosen.current?.querySelector("button")?.focus(); }); // the list is gone: it has nothing more to choose
  };
  return (
    <div class="fields-pairing" ref={chosen}>
      {partners.map((other) => {
        const { label, note = "" } = optionFor(template, other);
        return (
          <span key={fullName(other)} class="fields-partner" title={`${note} · ${label}`}>
            <Icon name="rework" /><span>{say("fields.pair_with", { shot: label, step: note })}</span>
            {mayEdit(session) ? <button type="button" aria-label={say("fields.unpair", { shot: label })} title={say("fields.unpair", { shot: label })} onClick={() => { session.editor.edit((draft) => partUp(draft, place, other)); }}><Icon name="close" /></button> : null}
          </span>
        );
      })}
      {partners.length > 0 || !mayEdit(session) ? null : (
        <Combobox id={id} options={others} value="" onChoose={choose} placeholder={others.length === 0 ? say("fields.pair_none") : say("fields.pair_choose")} attributes={{ "data-pointer": pointer, "aria-label": say("fields.pair_choose") }} />
      )}
      {problem === null ? null : <p class="wrong">{read(problem.message)}</p>}
    </div>
  );
}

function optionFor(template: Template, place: ShotPlace): Option {
  const node = template.nodes[place.node];
  const field = fieldsOf(node).find(({ id }) => id === place.field);
  const shot = field?.type === "photo" ? field.shots.find(({ id }) => id === place.shot) : undefined;
  return { value: fullName(place), label: read(shot?.label) || place.shot, note: `${nodeTitle(node, place.node)} › ${read(field?.label) || place.field}` };
}
