// Quick fixes in the editor: the light bulb beside a problem, and Ctrl+. on it. What a fix writes is the engine's affair; here it is offered.

import type { editor, IDisposable, languages } from 'monaco-editor';
import { applyFix, useApp } from '../../store/app';
import { monaco } from './monaco';

const COMMAND = 'kubehop.fix';

/** Offers the fixes of the problems in the model until it is disposed. */
export function offerFixes(model: editor.ITextModel): IDisposable {
  const command = monaco.editor.registerCommand(COMMAND, (_, diagnostic: number) => applyFix(diagnostic));
  const provider = monaco.languages.registerCodeActionProvider('yaml', {
    provideCodeActions: (asked, range) => ({ actions: asked === model ? actionsAt(model, range) : [], dispose: () => undefined }),
  });
  return {
    dispose: () => {
      command.dispose();
      provider.dispose();
    },
  };
}

function actionsAt(
  model: editor.ITextModel,
  range: Parameters<languages.CodeActionProvider['provideCodeActions']>[1],
): languages.CodeAction[] {
  const { snapshot, preferences, readText, scenario } = useApp.getState();
  if (snapshot === null || readText !== scenario.text) return [];
  const lineAt = (offset: number): number => model.getPositionAt(offset).lineNumber;
  return snapshot.diagnostics.flatMap(({ fix, range: place }, index): languages.CodeAction[] => {
    const isHere = lineAt(place.from) <= range.endLineNumber && lineAt(place.to) >= range.startLineNumber;
    if (fix === null || !isHere) return [];
    const title = fix[preferences.language];
    return [{ title, kind: 'quickfix', command: { id: COMMAND, title, arguments: [index] } }];
  });
}
