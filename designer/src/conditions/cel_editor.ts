import { autocompletion, type Completion, type CompletionContext, type CompletionResult, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, linter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Json } from "@mendloop/engine";
import type { Found, Session } from "../session.ts";
import { read, say } from "../words/index.ts";
import { type Callable, type Name, namesAt } from "./names.ts";
import type { CelType } from "./ops.ts";

const CHECK_AFTER_MS = 300;

export interface EditorOptions {
  readonly place: HTMLElement;
  readonly session: Session;
  readonly pointer: string;
  readonly label: string;
  readonly source: string;
  readonly readonly: boolean;
  readonly onChange: (source: string) => void;
}

export interface ShownEditor {
  /** Show what somebody changed elsewhere; the cursor stays where it can. */
  readonly show: (source: string) => void;
  readonly destroy: () => void;
}

/** An editor for CEL: colours, completion from the draft, errors where they are. */
export function showEditor(options: EditorOptions): ShownEditor {
  const { place, onChange } = options;
  let isTold = false;
  const said: string[] = []; // what was written here comes back later, when more may have been written since
  // The page allows styles from its own files only: in a shadow root the editor's are made by script, which is none of the page's text.
  const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({ doc: options.source, extensions: [
      drawSelection(), bracketMatching(), LOOKS, LANGUAGE, syntaxHighlighting(COLOURS), EditorView.lineWrapping, placeholder("runout.value > 0.05"),
      EditorView.contentAttributes.of({ "aria-label": options.label, "data-testid": "cel-input" }), EditorState.readOnly.of(options.readonly),
      EditorView.domEventHandlers({ keydown: (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); } }),
      autocompletion({ override: [async (context) => await complete(options, context)], icons: false }),
      linter(async ({ state }) => await problemsOf(options, state.doc.toString()), { delay: CHECK_AFTER_MS }),
      keymap.of([...completionKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab]),
      EditorView.updateListener.of((update) => { 
        if (!update.docChanged || isTold) return;
        said.push(update.state.doc.toString());
        onChange(update.state.doc.toString());
      }),
    ] }),
  });
  return {
    show: (source) => {
      const own = said.indexOf(source);
      if (own >= 0) { said.splice(0, own + 1); return; }
      said.length = 0;
      if (source === view.state.doc.toString()) return;
      isTold = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
      isTold = false;
    },
    destroy: () => { view.destroy(); },
  };
}

const MONO = 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace';

const LOOKS = EditorView.theme({
  "&": { border: "1px solid var(--edge)", borderRadius: "var(--round-s)", background: "var(--card)", color: "var(--ink)", fontSize: "var(--text-s)" },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-content": { minHeight: "56px", caretColor: "var(--ink)", fontFamily: MONO },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--primary-soft)" },
  ".cm-placeholder": { color: "var(--ink-2)" },
  ".cm-tooltip": { border: "1px solid var(--line)", borderRadius: "8px", background: "var(--card)", color: "var(--ink)", boxShadow: "0 10px 30px rgb(0 0 0 / 20%)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--primary-soft)", color: "var(--ink)" },
  ".cm-completionDetail": { color: "var(--ink-2)", fontStyle: "normal" },
  ".cm-completionInfo": { whiteSpace: "pre-line", maxWidth: "320px", padding: "6px 10px" },
  ".cm-diagnostic": { borderLeft: "4px solid var(--danger)", padding: "4px 8px" },
  ".cm-diagnosticAction": { border: "0", borderRadius: "6px", padding: "3px 8px", background: "var(--primary)", color: "var(--on-primary)", font: "inherit" },
  "&.cm-focused .cm-matchingBracket": { background: "var(--primary-soft)" },
});

const WORDS = new Set(["true", "false", "null", "in"]);

const LANGUAGE = StreamLanguage.define({
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/)) return "comment";
    if (stream.match(/^(?:[bB]?[rR]?)("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/)) return "string";
    if (stream.match(/^\d[\w.]*/)) return "number";
    if (stream.match(/^[a-zA-Z_]\w*/)) return WORDS.has(stream.current()) ? "keyword" : stream.peek() === "(" ? "function" : "variableName";
    stream.next();
    return "operator";
  },
  tokenTable: { function: tags.function(tags.variableName) },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.string, color: "var(--ok)" },
  { tag: tags.number, color: "var(--info)" },
  { tag: tags.keyword, color: "var(--info)", fontWeight: "600" },
  { tag: tags.function(tags.variableName), color: "var(--primary)", fontWeight: "600" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
  { tag: tags.operator, color: "var(--ink-2)" },
]);

/** What can be written here: the members of what stands before the dot, else names and functions. */
async function complete({ session, pointer }: EditorOptions, context: CompletionContext): Promise<CompletionResult | null> {
  const before = context.matchBefore(/[\w.[\]]*$/);
  if (before === null || (before.text === "" && !context.explicit)) return null;
  try {
    const { names, functions } = await namesAt(session, pointer);
    const dot = before.text.lastIndexOf(".");
    const holder = before.text.slice(0, dot + 1).replace(/\[\d+\]/g, "");
    const members = names.filter(({ name }) => name.startsWith(holder) && !name.slice(holder.length).includes(".")).map((name) => ofName(name, holder));
    const callable = functions.filter(({ member }) => member === (dot >= 0)).map(ofFunction);
    return { from: before.from + dot + 1, options: [...members, ...callable], validFor: /^\w*$/ };
  } catch {
    return null; // without the server there is nothing to propose
  }
}

function ofName({ name, type, label }: Name, holder: string): Completion {
  return { label: name.slice(holder.length), detail: typeWords(type), info: read(label), type: "variable" };
}

function ofFunction({ name, signatures, result, label }: Callable): Completion {
  return { label: name, apply: `${name}(`, detail: `→ ${result}`, info: [read(label), ...signatures].join("\n"), type: "function", boost: -1 };
}

function typeWords(type: CelType): string {
  if (typeof type === "string") return type;
  return "list" in type ? `list(${typeWords(type["list"] as CelType)})` : "object";
}

async function problemsOf({ session, pointer }: EditorOptions, source: string): Promise<readonly Diagnostic[]> {
  if (source.trim() === "") return [];
  try {
    const document = session.editor.draft.peek().template as unknown as Json;
    const { problems } = await session.client.act<{ problems: readonly (Found & { from: number | null; to: number | null })[] }>("POST", "/expressions/check", { document, at: pointer, source });
    return problems.map((problem) => diagnosticOf(problem, source.length));
  } catch {
    return []; // said by the list of problems when the server is there again
  }
}

function diagnosticOf({ from, to, severity, message, params }: Found & { from: number | null; to: number | null }, length: number): Diagnostic {
  const start = Math.min(from ?? 0, length);
  const near = params["did_you_mean"];
  const found: Diagnostic = { from: start, to: Math.min(Math.max(to ?? length, start), length), severity, message: read(message) };
  if (!Array.isArray(near)) return found;
  return { ...found, actions: near.map((name) => ({ name: say("shell.fix_did_you_mean", { name: String(name) }), apply: (view, at, end) => { view.dispatch({ changes: { from: at, to: end, insert: String(name) } }); } })) };
}
