// Monaco's colours, taken from the page's own tokens, so that there is one list of colours only.

import type * as Monaco from 'monaco-editor';

const RULES: readonly { readonly token: string; readonly variable: string }[] = [
  { token: '', variable: '--ink' },
  { token: 'type', variable: '--syn-key' },
  { token: 'string', variable: '--ink' },
  { token: 'string.yaml', variable: '--ink' },
  { token: 'number', variable: '--syn-num' },
  { token: 'keyword', variable: '--syn-num' },
  { token: 'comment', variable: '--syn-com' },
  { token: 'operators', variable: '--ink2' },
  { token: 'delimiter', variable: '--ink2' },
  { token: 'tag', variable: '--syn-str' },
  { token: 'namespace', variable: '--syn-str' },
  { token: 'meta', variable: '--syn-com' },
];

const COLOURS: Readonly<Record<string, string>> = {
  'editor.background': '--panel',
  'editor.foreground': '--ink',
  'editorLineNumber.foreground': '--ink3',
  'editorLineNumber.activeForeground': '--ink',
  'editorLineNumber.dimmedForeground': '--ink3',
  'editorCursor.foreground': '--ink',
  'editor.selectionBackground': '--ghost',
  'editor.inactiveSelectionBackground': '--rule2',
  'editor.lineHighlightBackground': '--panel',
  'editor.lineHighlightBorder': '--panel',
  'editorIndentGuide.background1': '--rule2',
  'editorIndentGuide.activeBackground1': '--rule',
  'editorWidget.background': '--sheet',
  'editorWidget.foreground': '--ink',
  'editorWidget.border': '--ink',
  'editorHoverWidget.background': '--sheet',
  'editorHoverWidget.border': '--ink',
  'editorSuggestWidget.background': '--sheet',
  'editorSuggestWidget.border': '--ink',
  'editorSuggestWidget.foreground': '--ink',
  'editorSuggestWidget.selectedBackground': '--ink',
  'editorSuggestWidget.selectedForeground': '--sheet',
  'editorSuggestWidget.selectedIconForeground': '--sheet',
  'editorSuggestWidget.highlightForeground': '--req',
  'editorSuggestWidget.focusHighlightForeground': '--nat',
  'list.hoverBackground': '--paper',
  'list.focusBackground': '--ink',
  'list.focusForeground': '--sheet',
  'menu.background': '--sheet',
  'menu.foreground': '--ink',
  'menu.selectionBackground': '--ink',
  'menu.selectionForeground': '--sheet',
  'menu.border': '--ink',
  'input.background': '--panel',
  'input.foreground': '--ink',
  'input.border': '--track',
  focusBorder: '--ink',
  'editorError.foreground': '--drop',
  'editorWarning.foreground': '--warn',
  'editorInfo.foreground': '--track',
  'editorHint.foreground': '--track',
  'editorBracketMatch.background': '--ghost',
  'editorBracketMatch.border': '--ghost',
  'scrollbarSlider.background': '--rule',
  'scrollbarSlider.hoverBackground': '--track',
  'scrollbarSlider.activeBackground': '--track',
  'scrollbar.shadow': '--panel',
  'widget.shadow': '--rule',
  'editor.findMatchBackground': '--nat',
  'editor.findMatchHighlightBackground': '--warn-t',
  'editor.wordHighlightBackground': '--rule2',
  'editorBracketHighlight.foreground1': '--ink2',
  'editorBracketHighlight.foreground2': '--ink2',
  'editorBracketHighlight.foreground3': '--ink2',
  'editorOverviewRuler.border': '--panel',
};

/** Defines and shows Monaco's theme for the tokens that the document has now. */
export function paint(editor: typeof Monaco.editor, theme: 'light' | 'dark'): void {
  const tokens = getComputedStyle(document.documentElement);
  const colour = (variable: string): string => tokens.getPropertyValue(variable).trim();
  editor.defineTheme(`kubehop-${theme}`, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: RULES.map(({ token, variable }) => ({ token, foreground: colour(variable).slice(1) })),
    colors: Object.fromEntries(Object.entries(COLOURS).map(([name, variable]) => [name, colour(variable)])),
  });
  editor.setTheme(`kubehop-${theme}`);
}
