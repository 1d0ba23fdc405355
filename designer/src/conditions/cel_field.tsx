import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { rarely } from "../later.ts";
import { mayEdit, type Session } from "../session.ts";
import { say } from "../words/index.ts";

export interface CelProps {
  readonly session: Session;
  readonly pointer: string;
  readonly label: string;
  readonly source: string;
  readonly onChange: (source: string) => void;
}

const cel = rarely(async () => await import("./cel_editor.ts"));

interface Shown { readonly show: (source: string) => void; readonly destroy: () => void }

/** The expression as text. The editor with completion and types is fetched when it is first shown; until then, and without it, a plain one. */
export function CelField({ session, pointer, label, source, onChange }: CelProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Shown | null>(null);
  const [isHere, come] = useState(false);
  const change = useRef(onChange);
  change.current = onChange;
  const readonly = !mayEdit(session);
  useEffect(() => {
    let isOver = false;
    void cel.get().then(({ showEditor }) => {
      if (isOver || place.current === null) return;
      const now = (place.current.querySelector("textarea") ?? { value: source }).value;
      editor.current = showEditor({ place: place.current, session, pointer, label, source: now, readonly, onChange: (text) => { change.current(text); } });
      come(true);
    }, () => null); // the plain one stays
    return () => { isOver = true; editor.current?.destroy(); editor.current = null; };
  }, [session, pointer, readonly]);
  useEffect(() => { editor.current?.show(source); }, [source]);
  return (
    <div class="cel" data-testid="cel">
      <div ref={place}>
        {isHere ? null : <textarea class="area code" aria-label={label} spellcheck={false} readOnly={readonly} value={source} onInput={({ currentTarget }) => { onChange(currentTarget.value); }} />}
      </div>
      <p class="hint">{say("conditions.cel_help")}</p>
    </div>
  );
}
