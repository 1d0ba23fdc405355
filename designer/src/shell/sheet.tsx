import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { say } from "../words/index.ts";
import { closedByBack } from "./back.ts";
import { Icon } from "./icon.tsx";

export interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Buttons at the foot, the one that does it last. */
  readonly foot?: ComponentChildren;
  readonly wide?: boolean;
  readonly testid?: string;
}

const afterwards: (() => void)[] = [];

/** Once the dialog that closes now is gone and the focus is back where it was: what is done then may take it elsewhere. */
export function whenClosed(act: () => void): void {
  afterwards.push(act);
}

/** A dialog over everything. Escape, the cross and the browser's Back close it; the focus goes back to where it was. */
export function Sheet({ title, onClose, children, foot, wide = false, testid }: SheetProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useId();
  const closing = useRef(onClose);
  closing.current = onClose;
  useEffect(() => closedByBack(() => { closing.current(); }), []);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true });
      for (const act of afterwards.splice(0)) act();
    };
  }, []);
  return (
    <dialog class={wide ? "sheet wide" : "sheet"} ref={dialog} aria-labelledby={name} data-testid={testid}
      onCancel={(event) => { event.preventDefault(); onClose(); }} onKeyDown={(event) => { event.stopPropagation(); }}>
      <header class="sheet-head">
        <h2 id={name}>{title}</h2>
        <button type="button" class="tool" aria-label={say("shell.close")} data-testid="sheet-close" onClick={onClose}><Icon name="close" /></button>
      </header>
      <div class="sheet-body">{children}</div>
      {foot === undefined ? null : <footer class="sheet-foot">{foot}</footer>}
    </dialog>
  );
}
