import type { JSX } from "preact";
import { missingWords, setLanguages, type Template } from "../../model/index.ts";
import { Icon } from "../../shell/icon.tsx";
import { mayEdit, type Session } from "../../session.ts";
import { say } from "../../words/index.ts";
import { Controls, More } from "../controls.tsx";
import { tongueName, WordsControl } from "../controls/words.tsx";
import { changeList, labelOf } from "../edit.ts";
import { outcomeName } from "../references.ts";
import { TONGUES, tonguesIn } from "../tongues.ts";
import { FoundHere } from "./found.tsx";
import { Heading, Section } from "./heading.tsx";
import { Roles } from "./roles.tsx";

export interface TemplatePanelProps {
  readonly session: Session;
  /** Opens the table of all words. Missing: the next text that lacks is shown. */
  readonly onTranslations?: (() => void) | undefined;
  /** Plays a scenario. Missing: none can be played from here. */
  readonly onScenario?: ((index: number) => void) | undefined;
}

/** The template as a whole: shown while nothing is selected. */
export function TemplatePanel(props: TemplatePanelProps): JSX.Element {
  const { session } = props;
  const { template } = session.editor.draft.value;
  return (
    <div class="panels-panel" data-testid="panel-template">
      <Heading icon="outline" kind={say("panels.template")} note={facts(template)} title={<WordsControl session={session} pointer="/title" required bare />} />
      <FoundHere session={session} pointer="" without={["nodes", "scenarios"]} />
      {Object.keys(template.nodes).length < 3 ? <p class="panels-tip">{say("panels.begin_teaches")}</p> : null}
      <Controls session={session} pointer="" only={["description", "applies_to"]} />
      <Roles session={session} />
      <Languages {...props} template={template} />
      <Scenarios {...props} template={template} />
      <More><Controls session={session} pointer="" only={["start", "key", "pause_reasons"]} isFolded={false} /></More>
    </div>
  );
}

function facts({ nodes }: Template): string {
  const steps = Object.values(nodes).filter((node) => node.kind === "step");
  return say("panels.facts", { steps: steps.length, minutes: steps.reduce((sum, { standard_minutes: minutes = 0 }) => sum + minutes, 0) });
}

/** In which languages it is written, and what still lacks in them. At least one. */
function Languages({ session, template, onTranslations }: TemplatePanelProps & { readonly template: Template }): JSX.Element {
  const written = tonguesIn(template);
  const missing = missingWords(template, written);
  const [next] = missing;
  const turn = (tongue: string): void => {
    const chosen = TONGUES.filter((each) => written.includes(each) !== (each === tongue));
    session.editor.edit((draft) => setLanguages(draft, chosen, labelOf(say("panels.languages"))));
  };
  return (
    <Section title={say("panels.languages")}>
      <div class="panels-languages">
        <span class="panels-tongues" role="group" aria-label={say("panels.languages")} data-pointer="/languages" tabIndex={-1}>
          {TONGUES.map((tongue) => (
            <label key={tongue}>
              <input type="checkbox" class="check" data-testid={`written-${tongue}`} checked={written.includes(tongue)} disabled={!mayEdit(session) || (written.length === 1 && written.includes(tongue))} onChange={() => { turn(tongue); }} />{tongueName(tongue)}
            </label>
          ))}
        </span>
        {next === undefined ? (written.length === 1 ? null : <span class="badge ok"><Icon name="check" />{say("panels.complete")}</span>)
          : <button type="button" class="panels-link" data-testid="panel-missing" onClick={() => { if (onTranslations === undefined) session.reveal(next.pointer); else onTranslations(); }}>{say("panels.missing_count", { count: missing.length })}</button>}
      </div>
    </Section>
  );
}

function Scenarios({ session, template, onScenario }: TemplatePanelProps & { readonly template: Template }): JSX.Element {
  const scenarios = template.scenarios ?? [];
  const remove = (index: number): void => { changeList(session, "/scenarios", say("panels.scenarios"), (list) => list.filter((_, other) => other !== index)); };
  return (
    <Section title={say("panels.scenarios")}>
      {scenarios.length === 0 ? <p class="hint">{say("panels.scenarios_teach")}</p> : null}
      <ul class="panels-rows" data-testid="panel-scenarios">
        {scenarios.map(({ name, acts, expect }, index) => (
          <li key={name} class="panels-row">
            {onScenario === undefined ? null : <button type="button" class="panels-grip" aria-label={say("panels.play", { what: name })} onClick={() => { onScenario(index); }}><Icon name="play" /></button>}
            <div class="panels-row-body panels-scenario"><span>{name}</span><small class="quiet">{say("panels.scenario_facts", { acts: acts.length, end: typeof expect.ended === "string" ? outcomeName(template, expect.ended) : say("panels.still_open") })}</small></div>
            {mayEdit(session) ? <button type="button" class="panels-grip" aria-label={say("panels.remove_it", { what: name })} onClick={() => { remove(index); }}><Icon name="close" /></button> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
