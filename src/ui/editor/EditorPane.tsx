// The left column: the cluster's YAML, and beneath it what is wrong with it.

import { lazy, Suspense } from 'react';
import { useApp } from '../../store/app';
import { ApplyBar } from '../life/ApplyBar';
import { useMessages } from '../text';
import { NoticeBar } from './NoticeBar';
import { Problems } from './Problems';

/** Monaco takes its own words once, when it is loaded: a later change of language reaches them at the next visit. */
const MonacoEditor = lazy(async () => {
  if (useApp.getState().preferences.language === 'fr') await import('monaco-editor/nls/lang/fr.js');
  const { MonacoEditor: component } = await import('./MonacoEditor');
  return { default: component };
});

export function EditorPane() {
  const text = useMessages();
  return (
    <section className="editor" aria-label={text.editor}>
      <div className="tabs">
        <h2 className="tab here">{text.manifest}</h2>
        <ProblemCount />
      </div>
      <Suspense fallback={<p className="editor-loading late">{text.loadingEditor}</p>}>
        <MonacoEditor label={text.editor} ruleSource={text.ruleSource} />
      </Suspense>
      <NoticeBar />
      <Problems />
      <ApplyBar />
    </section>
  );
}

function ProblemCount() {
  const text = useMessages();
  const errors = useApp((state) => state.snapshot?.diagnostics.filter((item) => item.severity === 'error').length ?? 0);
  const warnings = useApp((state) => state.snapshot?.diagnostics.filter((item) => item.severity === 'warning').length ?? 0);
  return (
    <span className="aside" role="status">
      {errors + warnings === 0 ? '' : text.problemCount(errors, warnings)}
    </span>
  );
}
