import type { JSX } from "preact";
import { Icon, type IconName } from "../../shell/icon.tsx";
import { language, say } from "../../words/index.ts";
import { type Card, toneOf } from "../flow/card.ts";
import { KIND_ICONS } from "../flow/kinds.ts";
import { widthOf } from "../flow/labels.ts";
import type { Count } from "../flow/problems.ts";

/** A title that is being written. */
export interface Renaming {
  readonly begin: () => void;
  readonly write: (text: string) => void;
  readonly done: (text: string) => void;
  readonly cancel: () => void;
}

export interface CardProps {
  readonly card: Card;
  readonly problems: Count | undefined;
  readonly people: readonly string[];
  readonly renaming: Renaming | null;
}

/** A node at a glance. Steps are cards, all others have shapes of their own: known without their colours. */
export function CardView(props: CardProps): JSX.Element {
  const { card } = props;
  return (
    <>
      {card.node.kind === "choice" ? <Shape /> : null}
      {props.renaming === null ? <span class="canvas-spoken">{spokenCard(card, props.problems)}</span> : null}
      <div class="canvas-face" aria-hidden={props.renaming === null ? "true" : undefined}>
        {card.node.kind === "step" ? <StepFace {...props} /> : <PlainFace {...props} />}
      </div>
      <Marks {...props} />
    </>
  );
}

function Shape(): JSX.Element {
  return <svg class="canvas-shape" viewBox="0 0 208 60" preserveAspectRatio="none" aria-hidden="true"><path d="M26 1H182L207 30L182 59H26L1 30Z" /></svg>;
}

function StepFace(props: CardProps): JSX.Element {
  const { card } = props;
  return (
    <>
      <div class="canvas-head">
        {card.isQuality ? <span class="canvas-quality" title={say("canvas.quality")}><Icon name="shield" /></span> : null}
        <Title {...props} />
      </div>
      <div class="canvas-foot">
        <span class={roleFits(card) ? "canvas-role fits" : "canvas-role"} style={`--turn:${Math.max(0, card.roleTurn) % 6}`}>{card.role}</span>
        {card.minutes > 0 ? <span class="canvas-minutes">{say("canvas.minutes", { count: card.minutes })}</span> : null}
        <span class="canvas-counts" aria-hidden="true">
          {card.hasGate ? <span class="canvas-count gate" title={say("canvas.gate")}><Icon name="lock" /></span> : null}
          {card.energises ? <span class="canvas-count power" title={say("canvas.energises")}><Icon name="bolt" /></span> : null}
          <CountView icon="camera" count={card.photos} title={say("canvas.photos", { count: card.photos })} />
          <CountView icon="part" count={card.parts} title={say("canvas.parts", { count: card.parts })} />
          <CountView icon="lines" count={card.fields} title={say("canvas.fields", { count: card.fields })} />
        </span>
      </div>
    </>
  );
}

/** What surely fits is not cut off: every clip is one more thing for the browser to put together in every frame. */
const TITLE_ROOM = 230;
const FOOT_ROOM = 180;

function titleFits({ node, title }: Card): boolean {
  return node.kind === "step" && widthOf(title) <= TITLE_ROOM;
}

function roleFits({ role, minutes, hasGate, energises, photos, parts, fields }: Card): boolean {
  const counts = [hasGate, energises, photos, parts, fields].filter(Boolean).length;
  return widthOf(role) + (minutes > 0 ? 54 : 0) + counts * 36 <= FOOT_ROOM;
}

function PlainFace(props: CardProps): JSX.Element {
  const { node, outcome } = props.card;
  if (node.kind !== "end") return <div class="canvas-plain"><Icon name={KIND_ICONS[node.kind]} /><Title {...props} /></div>;
  return (
    <div class={`canvas-plain ${toneOf(node.outcome)}`}>
      <Icon name={KIND_ICONS.end} /><div class="canvas-ending"><Title {...props} />{outcome === "" ? null : <span class="canvas-outcome">{outcome}</span>}</div>
    </div>
  );
}

function Title({ card, renaming }: CardProps): JSX.Element {
  if (renaming === null) return <span class={titleFits(card) ? "canvas-title fits" : "canvas-title"} data-title={card.id}>{card.title}</span>;
  return (
    <input class="canvas-rename" data-testid="rename" aria-label={say("canvas.rename")} defaultValue={card.title} lang={language.value} autocomplete="off"
      ref={begin} onFocus={renaming.begin} onBlur={({ currentTarget }) => { renaming.done(currentTarget.value); }}
      onInput={({ currentTarget, isComposing }) => { if (!isComposing) renaming.write(currentTarget.value); }}
      onCompositionEnd={({ currentTarget }) => { renaming.write(currentTarget.value); }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing) return;
        if (event.key === "Enter") renaming.done(event.currentTarget.value);
        if (event.key === "Escape") renaming.cancel();
      }} />
  );
}

function begin(input: HTMLInputElement | null): void {
  if (input === null || document.activeElement === input) return;
  input.focus({ preventScroll: true });
  input.select();
}

function CountView({ icon, count, title }: { readonly icon: IconName; readonly count: number; readonly title: string }): JSX.Element | null {
  return count === 0 ? null : <span class="canvas-count" title={title}><Icon name={icon} />{count}</span>;
}

function Marks({ card, problems, people }: CardProps): JSX.Element {
  return (
    <div class="canvas-marks" aria-hidden="true">
      {people.map((name) => <span key={name} class="canvas-person">{name}</span>)}
      {card.lacksWords ? <span class="canvas-mark info" title={say("canvas.lacks_words")}><Icon name="translate" /></span> : null}
      {problems === undefined ? null : <ProblemMark {...problems} />}
    </div>
  );
}

function ProblemMark({ errors, warnings }: Count): JSX.Element {
  const [tone, count] = errors > 0 ? ["danger", errors] : ["warn", warnings];
  return <span class={`canvas-mark ${tone}`} data-testid="node-problems" title={say("canvas.problems", { errors, warnings })}><Icon name={errors > 0 ? "error" : "warn"} />{count}</span>;
}

/** The whole card in words, for those who do not see it. */
export function spokenCard(card: Card, problems: Count | undefined): string {
  return [
    say(`canvas.kind_${card.node.kind}`),
    card.title,
    card.outcome,
    card.role,
    card.minutes > 0 ? say("canvas.minutes", { count: card.minutes }) : "",
    card.photos > 0 ? say("canvas.photos", { count: card.photos }) : "",
    card.parts > 0 ? say("canvas.parts", { count: card.parts }) : "",
    card.fields > 0 ? say("canvas.fields", { count: card.fields }) : "",
    card.hasGate ? say("canvas.gate") : "",
    card.isQuality ? say("canvas.quality") : "",
    card.lacksWords ? say("canvas.lacks_words") : "",
    problems === undefined ? "" : say("canvas.problems", { errors: problems.errors, warnings: problems.warnings }),
  ].filter((text) => text !== "").join(", ");
}
