// xterm's colours, taken from the page's own tokens. kubectl writes no colours: one grey for the prompt is all that is used.

import type { ITheme } from '@xterm/xterm';

/** The theme for the tokens that the document has now. */
export function xtermTheme(): ITheme {
  const tokens = getComputedStyle(document.documentElement);
  const colour = (variable: string): string => tokens.getPropertyValue(variable).trim();
  return {
    background: colour('--panel'),
    foreground: colour('--ink'),
    cursor: colour('--ink'),
    cursorAccent: colour('--panel'),
    selectionBackground: colour('--nat'),
    selectionForeground: colour('--nat-ink'),
    scrollbarSliderBackground: colour('--rule'),
    scrollbarSliderHoverBackground: colour('--track'),
    scrollbarSliderActiveBackground: colour('--track'),
    overviewRulerBorder: colour('--panel'),
    brightBlack: colour('--ink3'),
  };
}
