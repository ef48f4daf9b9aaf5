// A hundred requests: what share went where, and each of them as a journey to open.

import type { Sample } from '../../engine/view';
import { openSample, sendMany, useApp } from '../../store/app';
import { useRequestProblem } from '../request-problem';
import { useLanguage, useMessages } from '../text';
import { sharesOf } from './shares';

export function Many() {
  const text = useMessages();
  const many = useApp((state) => state.many);
  const sending = useApp((state) => state.sending);
  const problem = useRequestProblem();
  const samples = many?.samples ?? [];
  return (
    <div className="many">
      <header>
        <h2>{text.manyTitle(samples.length || 100)}</h2>
        <button type="button" className="button" onClick={sendMany} disabled={sending}>
          {text.sendMany}
        </button>
      </header>
      <p>{text.manyText}</p>
      {samples.length > 0 || problem === null ? null : <p role="alert">{problem}</p>}
      {samples.length === 0 ? null : <Shares samples={samples} />}
      {samples.length === 0 ? null : <SampleTable samples={samples} />}
    </div>
  );
}

function Shares({ samples }: { readonly samples: readonly Sample[] }) {
  const text = useMessages();
  const percent = new Intl.NumberFormat(useLanguage(), { style: 'percent', maximumFractionDigits: 1 });
  return (
    <ul className="shares">
      {sharesOf(samples).map((share) => (
        <li key={share.name ?? ''} className={share.name === null ? 'share lost' : 'share'}>
          <span className="share-name">
            <b>{share.pod?.split('/').at(-1) ?? share.name ?? text.notReached}</b>
            <span className="mono">{share.pod === null ? '' : share.name}</span>
          </span>
          <span className="share-track">
            <span className="share-bar" style={{ width: `${(100 * share.count) / samples.length}%` }} />
          </span>
          <span className="share-count">{text.share(share.count, percent.format(share.count / samples.length))}</span>
        </li>
      ))}
    </ul>
  );
}

function SampleTable({ samples }: { readonly samples: readonly Sample[] }) {
  const text = useMessages();
  const open = useApp((state) => state.many?.open ?? null);
  return (
    <table className="kubectl">
      <thead>
        <tr>
          <th scope="col">{text.columnNumber}</th>
          <th scope="col">{text.columnClientPort}</th>
          <th scope="col">{text.columnBackend}</th>
          <th scope="col">{text.columnOutcome}</th>
          <th scope="col">
            <span className="unseen">{text.openTrace}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {samples.map((sample) => (
          <tr key={sample.index} aria-current={sample.index === open}>
            <td>{sample.index + 1}</td>
            <td className="mono">{sample.clientPort}</td>
            <td className="mono">{sample.backend ?? '-'}</td>
            <td>{text.outcomes[sample.outcome] ?? sample.outcome}</td>
            <td>
              <button type="button" className="link" onClick={() => openSample(sample.index)}>
                {text.openTrace}
                <span className="unseen"> {sample.index + 1}</span>
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
