import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { enterSheet } from "./sheet_history.ts";

export interface SheetProps {
  readonly label: string;
  readonly name?: string;
  readonly kind?: "sheet" | "camera" | "viewer";
  readonly children: ComponentChildren;
  close: () => void;
}

/** A modal dialog that opens when it is rendered. Escape and the system's Back close it, focus returns by itself. */
export function Sheet({ label, name, kind = "sheet", children, close }: SheetProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const latest = useRef(close);
  latest.current = close;
  useLayoutEffect(() => enterSheet(() => { latest.current(); }), []);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => { shown?.close(); }; // while it is still on the page: one that was taken off it gives no focus back
  }, []);
  return (
    <dialog ref={dialog} class={kind} aria-label={label} data-testid={name} onCancel={(event) => { event.preventDefault(); close(); }}
      onClick={(event) => { if (event.target === dialog.current) close(); }}>
      <div class={kind === "sheet" ? "inside" : "all"}>{children}</div>
    </dialog>
  );
}
