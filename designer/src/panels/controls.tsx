import type { Json } from "@mendloop/engine";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shell/icon.tsx";
import type { Session } from "../session.ts";
import { mayEdit } from "../session.ts";
import { say } from "../words/index.ts";
import { followSoon, newJump } from "./jumps.ts";
import { arranged, type Setting, settingsOf } from "./arrangement.ts";
import { Control } from "./control.tsx";
import type { Schema } from "./schema/schema.ts";
import { titleOf } from "./schema/telling.ts";
import { rootSchema, useSchema, useValue } from "./use.ts";

export interface ControlsProps {
  readonly session: Session;
  /** An object of the template. */
  readonly pointer: string;
  /** Missing: what the template's schema says of the pointer. */
  readonly schema?: Schema | undefined;
  /** Just these settings, in this order. */
  readonly only?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
  /** What holds of these settings while nothing is said; with it they are shown at once, as they are. */
  readonly usual?: Readonly<Record<string, Json>> | undefined;
  /** False: the rarely used stand among the others. */
  readonly isFolded?: boolean | undefined;
  /** What else is seldom needed. */
  readonly folded?: ComponentChildren;
}

/** Every setting of an element, made from its schema: what is set or has to be, then what can be added, then the rarely used behind "More". */
export function Controls(props: ControlsProps): JSX.Element {
  const { session, pointer } = props;
  const [opened, setOpened] = useState<readonly string[]>([]);
  useRevealed(session, pointer, (key) => { setOpened((keys) => [...keys.filter((other) => other !== key), key]); });
  const folded = useRef<ReadonlySet<string>>(new Set()); // what was in the fold when it was drawn last
  const schema = useSchema(session, pointer, props.schema);
  const settings = settingsOf(rootSchema(session), schema, useValue(session, pointer), props.only, props.without).map((setting) => withUsual(setting, props.usual));
  const { shown, addable, rare, names } = arranged(props.isFolded === false ? settings.map(unfolded) : settings, new Set(opened), folded.current);
  folded.current = new Set(rare.map(({ key }) => key));
  const place = useRef<HTMLDivElement>(null);
  const added = opened.at(-1);
  useLayoutEffect(() => { if (added !== undefined) enter(place.current, added); }, [added]);
  const show = (setting: Setting): JSX.Element => (
    <div key={setting.key} class="panels-setting" data-setting={setting.key}>
      <Control session={session} pointer={`${pointer}/${setting.key}`} schema={setting.schema} required={setting.isRequired} autofocus={added === setting.key && !setting.isSet} />
    </div>
  );
  return (
    <div class="panels-controls" ref={place}>
      {shown.map(show)}
      {addable.length === 0 || !mayEdit(session) ? null : (
        <div class="panels-chips">
          {addable.map((setting) => (
            <button key={setting.key} type="button" data-testid={`add-${setting.key}`} onClick={() => { setOpened([...opened, setting.key]); }}><Icon name="plus" />{titleOf(setting.schema, setting.key)}</button>
          ))}
        </div>
      )}
      {rare.length === 0 && props.folded === undefined ? null : <More>{rare.map(show)}{props.folded}</More>}
      {names.map(show)}
    </div>
  );
}

/** The button that brought a setting is gone: what it brought has the focus now, so that nobody loses their place. */
function enter(controls: HTMLElement | null, key: string): void {
  if (controls === null || document.activeElement !== document.body) return;
  controls.querySelector<HTMLElement>(`:scope > [data-setting="${CSS.escape(key)}"] :is(input, textarea, select, .panels-add, [data-testid=condition-path], [data-testid=condition-add])`)?.focus();
}

/** A setting that somebody jumps to is opened, also when it is not set. */
function useRevealed(session: Session, pointer: string, open: (key: string) => void): void {
  const jump = newJump(session);
  useEffect(() => {
    if (jump?.pointer.startsWith(`${pointer}/`) !== true) return undefined;
    open(jump.pointer.slice(pointer.length + 1).split("/")[0] ?? "");
    return followSoon(session, jump, () => undefined);
  }, [jump, pointer]);
}

function withUsual(setting: Setting, usual: ControlsProps["usual"]): Setting {
  const value = usual?.[setting.key];
  return value === undefined ? setting : { ...setting, schema: { ...setting.schema, default: value }, isRequired: true };
}

function unfolded(setting: Setting): Setting {
  const { "x-rare": _rare, ...schema } = setting.schema;
  return { ...setting, schema };
}

/** What is seldom needed, folded away. */
export function More({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <details class="panels-more" data-testid="panel-more"><summary><Icon name="right" />{say("panels.more")}</summary><div class="panels-controls">{children}</div></details>;
}
