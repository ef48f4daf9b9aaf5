// What is shown when our engine failed: the report, a copy of it, and a restart. The editor stays as it is.

import { useState } from 'react';
import { restart, useApp } from '../store/app';
import { Icon } from './Icon';
import { useMessages } from './text';

export function CrashSheet() {
  const crash = useApp((state) => state.crash);
  return crash === null ? null : <Sheet report={`${crash.message}\n${crash.stack}`.trim()} />;
}

function Sheet({ report }: { readonly report: string }) {
  const text = useMessages();
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(report).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section className="crash" role="alert" aria-labelledby="crash-title">
      <h2 id="crash-title">
        <i className="bullet X" aria-hidden="true">
          <Icon name="cross" />
        </i>
        {text.crashTitle}
      </h2>
      <p>{text.crashText}</p>
      <pre className="mono">{report}</pre>
      <p className="crash-buttons">
        <button type="button" className="button dark" onClick={restart}>
          {text.restart}
        </button>
        <button type="button" className="button" onClick={copy}>
          {copied ? text.copied : text.copy}
        </button>
      </p>
    </section>
  );
}
