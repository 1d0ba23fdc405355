import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type Input = HTMLInputElement | HTMLTextAreaElement;

/** Show `text` without taking the cursor away: it stays by the same letters, also when somebody else wrote before it. */
export function write(input: Input, text: string): void {
  const before = input.value;
  if (before === text) return;
  const isHere = input.ownerDocument.activeElement === input;
  const { selectionStart, selectionEnd } = input;
  input.value = text;
  if (isHere && selectionStart !== null && selectionEnd !== null) {
    input.setSelectionRange(moved(selectionStart, before, text), moved(selectionEnd, before, text));
  }
}

/** Where a place in `before` is in `after`: behind a change it moves along, inside it goes to the change's end. */
export function moved(place: number, before: string, after: string): number {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  if (place <= start) return place;
  let end = 0;
  while (end < shortest - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const fromEnd = before.length - place;
  return fromEnd <= end ? after.length - fromEnd : after.length - end;
}

/** How an input that keeps its text by itself is bound to a value of the draft. */
export interface Typing {
  readonly ref: RefObject<Input | null>;
  readonly onInput: (event: Event) => void;
  readonly onCompositionEnd: (event: Event) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export interface TypingOptions {
  /** What is shown for the draft's value. */
  readonly text: string;
  readonly commit: (text: string) => void;
  /** True when what is typed already means the value: then it stays as it was typed. */
  readonly says?: (typed: string) => boolean;
  readonly isMultiline?: boolean;
  readonly autofocus?: boolean | undefined;
}

/** Every letter is an edit, but not the half-made letters of an input method. What was written stays, whatever key ends it: undo takes it back. */
export function useTyping({ text, commit, says, isMultiline = false, autofocus = false }: TypingOptions): Typing {
  const ref = useRef<Input>(null);
  useLayoutEffect(() => {
    if (ref.current !== null && says?.(ref.current.value) !== true) { write(ref.current, text); grow(ref.current); }
  }, [text]);
  useLayoutEffect(() => { if (autofocus) ref.current?.focus(); }, []);
  const take = (event: Event): void => {
    grow(event.target as Input);
    commit((event.target as Input).value);
  };
  return {
    ref,
    onInput: (event) => { if (!(event as InputEvent).isComposing) take(event); },
    onCompositionEnd: take,
    onKeyDown: (event) => { if (!event.isComposing && event.key === "Enter" && !isMultiline && !event.ctrlKey && !event.metaKey) event.preventDefault(); },
  };
}

const growsItself = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

/** As high as its text. Newer browsers do that by themselves. */
function grow(input: Input): void {
  if (growsItself || input.tagName !== "TEXTAREA") return;
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 2}px`;
}
