// Over time, the text is a manifest: this bar at the foot of the editor says how it differs from the cluster, and applies it.

import { useApp } from '../../store/app';
import { applyText } from '../../store/live';
import { useLanguage } from '../text';
import { lifeStrings } from './strings';

export function ApplyBar() {
  const words = lifeStrings(useLanguage());
  const differs = useApp((state) => state.live !== null && state.live.manifest !== state.scenario.text);
  const pending = useApp((state) => state.live?.pending ?? null);
  const readable = useApp((state) => state.snapshot?.staleFromLine === null);
  if (!differs) return null;
  const { created = [], configured = [], deleted = [] } = pending ?? {};
  const some = created.length + configured.length + deleted.length > 0;
  const summary = words.pendingText(created.length, configured.length, deleted.length);
  const names = [
    ...created.map((each) => `+ ${each.kind} ${each.name}`),
    ...configured.map((each) => `~ ${each.kind} ${each.name}`),
    ...deleted.map((each) => `− ${each.kind} ${each.name}`),
  ];
  return (
    <div className="apply" role="status">
      <span className="apply-text">
        {readable ? (
          <>
            <b>{some ? summary : pending === null ? '' : words.pendingNothing}</b>
            <small className="mono">{names.join('\n')}</small>
          </>
        ) : (
          words.pendingUnreadable
        )}
      </span>
      <button type="button" className="button dark" title={words.applyHint} disabled={!readable} onClick={applyText}>
        {words.apply}
      </button>
    </div>
  );
}
