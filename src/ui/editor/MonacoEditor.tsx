// The editor itself. The text belongs to the store: Monaco reports what is typed, and takes over what others put there.
// Problems become markers; the lines that the current step's rules come from are tinted, with a bar in the gutter.

import type { IRange, editor as MonacoApi } from 'monaco-editor';
import { useEffect, useRef } from 'react';
import { difference } from '../../engine/manifest/difference';
import { useApp, writeText } from '../../store/app';
import { clearEditor, screenPaste } from '../../store/incoming';
import { letterOf } from '../../store/journey';
import { currentStep, currentTold, traceSources } from '../../store/selectors';
import type { AppState } from '../../store/state';
import { useShownTheme } from '../use-theme';
import { offerFixes } from './fixes';
import { describeKubernetes, monaco } from './monaco';
import { ruleLines } from './rule-lines';
import { paint } from './theme';

const OPTIONS: MonacoApi.IStandaloneEditorConstructionOptions = {
  language: 'yaml',
  automaticLayout: true,
  fontFamily: '"IBM Plex Mono", Menlo, Consolas, monospace',
  fontSize: 12,
  lineHeight: 16,
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 14,
  glyphMargin: false,
  folding: false,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  scrollBeyondLastLine: false,
  wordWrap: 'on',
  wrappingIndent: 'indent',
  bracketPairColorization: { enabled: false },
  matchBrackets: 'never',
  renderLineHighlight: 'none',
  renderFinalNewline: 'on',
  guides: { indentation: false },
  padding: { top: 5, bottom: 16 },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: true },
  scrollbar: { verticalScrollbarSize: 8, horizontalScrollbarSize: 8, useShadows: false },
  fixedOverflowWidgets: true,
  // Files are dropped on the page as a whole (`DropVeil.tsx`).
  dropIntoEditor: { enabled: false },
  useShadowDOM: false,
  links: false,
  occurrencesHighlight: 'off',
  stickyScroll: { enabled: false },
  unicodeHighlight: { ambiguousCharacters: false },
};

interface MonacoEditorProps {
  readonly label: string;
  /** Stands beside the first line that the current step's rules come from. */
  readonly ruleSource: string;
}

export function MonacoEditor({ label, ruleSource }: MonacoEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useShownTheme();
  useEffect(() => {
    if (box.current === null) return;
    return mount(box.current);
  }, []);
  useEffect(() => {
    for (const editor of monaco.editor.getEditors()) editor.updateOptions({ ariaLabel: label });
  }, [label]);
  useEffect(() => paint(monaco.editor, theme), [theme]);
  useEffect(() => box.current?.style.setProperty('--rule-source', JSON.stringify(ruleSource)), [ruleSource]);
  // React Flow takes the space bar from every element that is not an input, except inside `nokey`.
  return <div ref={box} className="monaco nokey" />;
}

let described = false;

/** The schema is large: it comes when the editor is already there. */
async function describe(): Promise<void> {
  if (described) return;
  described = true;
  const { default: schema } = await import('../../engine/kube/schema.json');
  describeKubernetes(schema);
}

function mount(box: HTMLDivElement): () => void {
  const uri = monaco.Uri.parse('file:///cluster.yaml');
  const model = monaco.editor.createModel(useApp.getState().scenario.text, 'yaml', uri);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  const editor = monaco.editor.create(box, { ...OPTIONS, model });
  const lines = editor.createDecorationsCollection();
  describe().catch(() => {
    described = false; // without a schema there is no completion; the text can be written all the same
  });
  const fixes = offerFixes(model);
  const typed = model.onDidChangeContent(() => writeText(model.getValue()));
  const unscreen = screenPastes(box, editor);
  const show = (state: AppState, before: AppState | null): void => {
    if (state.scenario.text !== before?.scenario.text && model.getValue() !== state.scenario.text) replace(model, state.scenario.text);
    if (state.snapshot !== before?.snapshot || state.preferences.language !== before.preferences.language) mark(model, state);
    lines.set(decorations(model, state));
    if (state.spotlight !== (before?.spotlight ?? null) && state.spotlight !== null)
      reveal(editor, rangeAt(model, state.spotlight), state.spotlight.focus);
  };
  show(useApp.getState(), null);
  const unsubscribe = useApp.subscribe(show);
  return () => {
    unsubscribe();
    unscreen();
    typed.dispose();
    fixes.dispose();
    editor.dispose();
    model.dispose();
  };
}

/** Pasted text passes the store first. Monaco hears of a paste only where the store lets it; its own menu pastes without an event. */
function screenPastes(box: HTMLDivElement, editor: MonacoApi.IStandaloneCodeEditor): () => void {
  const screen = (event: ClipboardEvent): void => {
    const insert = (text: string): void => {
      const selections = editor.getSelections() ?? [];
      editor.pushUndoStop();
      editor.executeEdits(
        'paste',
        selections.map((range) => ({ range, text, forceMoveMarkers: true })),
      );
      editor.pushUndoStop();
    };
    if (!screenPaste(event.clipboardData?.getData('text/plain') ?? '', insert)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  box.addEventListener('paste', screen, true);
  const pasted = editor.onDidPaste(clearEditor);
  return () => {
    box.removeEventListener('paste', screen, true);
    pasted.dispose();
  };
}

/** As one edit of what differs, so that a sample opened by mistake, or a setting, is undone like typing. */
function replace(model: MonacoApi.ITextModel, text: string): void {
  const { from, to, added } = difference(model.getValue(), text);
  model.pushStackElement();
  model.pushEditOperations([], [{ range: rangeAt(model, { from, to }), text: added }], () => null);
  model.pushStackElement();
}

function rangeAt(model: MonacoApi.ITextModel, place: { readonly from: number; readonly to: number }): IRange {
  const [start, end] = [model.getPositionAt(place.from), model.getPositionAt(place.to)];
  return { startLineNumber: start.lineNumber, startColumn: start.column, endLineNumber: end.lineNumber, endColumn: end.column };
}

function mark(model: MonacoApi.ITextModel, state: AppState): void {
  const { MarkerSeverity } = monaco;
  const severities = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, hint: MarkerSeverity.Hint };
  const markers = (state.snapshot?.diagnostics ?? []).map((diagnostic) => ({
    ...rangeAt(model, diagnostic.range),
    severity: severities[diagnostic.severity],
    message: diagnostic.message[state.preferences.language],
  }));
  monaco.editor.setModelMarkers(model, 'kubehop', markers);
}

function decorations(model: MonacoApi.ITextModel, state: AppState): MonacoApi.IModelDeltaDecoration[] {
  const step = currentStep(state);
  const tint = step === null ? 'A' : step.kind === 'rejected' || step.kind === 'dropped' ? 'X' : letterOf(step);
  const ranges = ruleLines(currentTold(state), traceSources(state)).map((place) => linesOf(rangeAt(model, place)));
  const tints = ranges.map((range) => ({
    range,
    options: {
      isWholeLine: true,
      className: `rule-line line-${tint}`,
      marginClassName: `rule-line line-${tint}`,
      linesDecorationsClassName: `rule-bar line-${tint}`,
    },
  }));
  const [first] = ranges;
  if (first === undefined) return tints;
  return [
    ...tints,
    { range: { ...first, endLineNumber: first.startLineNumber }, options: { isWholeLine: true, className: `rule-name line-${tint}` } },
  ];
}

/** Whole lines; a place that ends at the very start of a line does not reach it. */
function linesOf(range: IRange): IRange {
  const ends = range.endColumn === 1 && range.endLineNumber > range.startLineNumber ? range.endLineNumber - 1 : range.endLineNumber;
  return { startLineNumber: range.startLineNumber, startColumn: 1, endLineNumber: ends, endColumn: 1 };
}

function reveal(editor: MonacoApi.IStandaloneCodeEditor, range: IRange, focus: boolean): void {
  editor.revealRangeInCenterIfOutsideViewport(range);
  editor.setSelection(range);
  if (focus) editor.focus();
}
