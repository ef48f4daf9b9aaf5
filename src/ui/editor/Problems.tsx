// The list of problems under the editor: errors first, each with its line, which a click shows. Hints stay folded: nothing is wrong.

import { useMemo } from 'react';
import type { Diagnostic } from '../../engine/view';
import { applyFix, showSource, useApp } from '../../store/app';
import { Icon } from '../Icon';
import { Prose } from '../Prose';
import { useMessages, useTold } from '../text';
import { lineOf } from './line-of';

const RANK = { error: 0, warning: 1, hint: 2 } as const;
const NONE: readonly Diagnostic[] = [];

export function Problems() {
  const text = useMessages();
  const diagnostics = useApp((state) => state.snapshot?.diagnostics ?? NONE);
  const ordered = useMemo(
    () => [...diagnostics].sort((a, b) => RANK[a.severity] - RANK[b.severity] || a.range.from - b.range.from),
    [diagnostics],
  );
  const hints = ordered.filter((diagnostic) => diagnostic.severity === 'hint');
  const wrong = ordered.filter((diagnostic) => diagnostic.severity !== 'hint');
  if (ordered.length === 0) return null;
  return (
    <div className={`problems ${ordered[0]?.severity ?? 'hint'}`}>
      {wrong.length === 0 ? null : <List name={text.problems} diagnostics={wrong} />}
      {hints.length === 0 ? null : (
        <details>
          <summary>
            <Icon name="down" />
            {text.hints(hints.length)}
          </summary>
          <List name={text.hintsName} diagnostics={hints} />
        </details>
      )}
    </div>
  );
}

function List({ name, diagnostics }: { readonly name: string; readonly diagnostics: readonly Diagnostic[] }) {
  const all = useApp((state) => state.snapshot?.diagnostics ?? NONE);
  return (
    <ul aria-label={name}>
      {diagnostics.map((diagnostic) => (
        <Problem
          index={all.indexOf(diagnostic)}
          key={`${diagnostic.range.from} ${diagnostic.kind} ${diagnostic.path} ${diagnostic.message.en}`}
          diagnostic={diagnostic}
        />
      ))}
    </ul>
  );
}

function Problem({ diagnostic, index }: { readonly diagnostic: Diagnostic; readonly index: number }) {
  const text = useMessages();
  const told = useTold();
  const line = useApp((state) => lineOf(state.readText, diagnostic.range.from));
  return (
    <li className={diagnostic.severity}>
      <button type="button" onClick={() => showSource(diagnostic.range)}>
        <b>{text.line(line)}</b> <Prose text={told(diagnostic.message)} />
      </button>
      {diagnostic.fix === null ? null : (
        <button
          type="button"
          className="fix"
          title={told(diagnostic.fix)}
          aria-label={text.fixBy(told(diagnostic.fix))}
          onClick={() => applyFix(index)}
        >
          {text.fix}
        </button>
      )}
    </li>
  );
}
