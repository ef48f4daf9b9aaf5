// The request under two modes of kube-proxy, side by side: what becomes of it, where it may end, what the Pod sees, what it costs.

import type { ReactNode } from 'react';
import type { Comparison, Difference, ModeResult, ProxyModeName } from '../../engine/view';
import { changeSetting, setOtherMode, useApp } from '../../store/app';
import { clusterView, otherMode } from '../../store/selectors';
import { Prose } from '../Prose';
import { useRequestProblem } from '../request-problem';
import { MODE_NAMES, MODES } from '../setting-names';
import { useLanguage, useMessages, useTold } from '../text';

export function Modes() {
  const text = useMessages();
  const comparison = useApp((state) => state.comparison);
  const problem = useRequestProblem();
  return (
    <div className="many modes">
      <header>
        <h2>{text.modesTitle}</h2>
        <OtherMode />
      </header>
      <p>{text.modesText}</p>
      {problem === null ? null : <p role="alert">{problem}</p>}
      {comparison === null ? null : <SideBySide comparison={comparison} />}
    </div>
  );
}

function OtherMode() {
  const text = useMessages();
  const here = useApp((state) => clusterView(state)?.settings.proxyMode ?? 'iptables');
  const there = useApp(otherMode);
  const choose = (value: string): void => {
    const mode = MODES.find((one) => one === value);
    if (mode !== undefined) setOtherMode(mode);
  };
  return (
    <label className="setting">
      <span>{text.otherMode}</span>
      <select value={there} onChange={(event) => choose(event.target.value)}>
        {MODES.filter((mode) => mode !== here).map((mode) => (
          <option key={mode} value={mode}>
            {MODE_NAMES[mode]}
          </option>
        ))}
      </select>
    </label>
  );
}

function SideBySide({ comparison }: { readonly comparison: Comparison }) {
  const text = useMessages();
  const told = useTold();
  const { here, there, differences } = comparison;
  const seen = differences.some((difference) => difference !== 'rules');
  const row = (name: string, difference: Difference | null, cell: (result: ModeResult) => ReactNode) => (
    <Row name={name} differs={difference === null ? null : differences.includes(difference)} here={cell(here)} there={cell(there)} />
  );
  return (
    <>
      <p className="modes-verdict" role="status">
        {seen ? text.differs(differences.map((difference) => text.differences[difference])) : text.differsNot}
      </p>
      <table className="kubectl modes-table">
        <thead>
          <tr>
            <td />
            <th scope="col">
              {MODE_NAMES[here.mode]} <em>{text.modeInForce}</em>
            </th>
            <th scope="col">
              {MODE_NAMES[there.mode]} <Use mode={there.mode} />
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {row(text.rowOutcome, 'outcome', (result) => (
            <>
              <b>{text.outcomes[result.outcome] ?? result.outcome}</b>
              {result.status === null ? '' : ` · HTTP ${result.status}`}
              <br />
              <Prose text={told(result.summary)} />
            </>
          ))}
          {row(text.rowBackends, 'backends', (result) => (
            <Backends result={result} />
          ))}
          {row(text.rowSource, 'source', (result) => (
            <span className="mono">{result.seenSource ?? '-'}</span>
          ))}
          {row(text.rowRules, 'rules', (result) => result.rulesRead)}
          {row(text.rowChosenBy, null, (result) => (
            <code className="mono">{result.chosenBy ?? text.nobody}</code>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Use({ mode }: { readonly mode: ProxyModeName }) {
  const text = useMessages();
  return (
    <button type="button" className="link" onClick={() => changeSetting({ setting: 'proxyMode', value: mode })}>
      {text.useMode}
    </button>
  );
}

interface RowProps {
  readonly name: string;
  /** null: what stands here is always another. */
  readonly differs: boolean | null;
  readonly here: ReactNode;
  readonly there: ReactNode;
}

function Row({ name, differs, here, there }: RowProps) {
  const text = useMessages();
  return (
    <tr className={differs === false ? 'same' : ''}>
      <th scope="row">{name}</th>
      <td>{here}</td>
      <td>{there}</td>
      <td className="modes-mark">
        {differs === null ? null : (
          <>
            <span aria-hidden="true">{differs ? '≠' : '='}</span>
            <span className="unseen">{differs ? text.differsMark : text.sameMark}</span>
          </>
        )}
      </td>
    </tr>
  );
}

function Backends({ result: { backends } }: { readonly result: ModeResult }) {
  const percent = new Intl.NumberFormat(useLanguage(), { style: 'percent', maximumFractionDigits: 1 });
  if (backends.length === 0) return '-';
  return (
    <ul>
      {backends.map(({ address, owner, probability }) => (
        <li key={`${address} ${owner}`}>
          <span className="mono">{address}</span> {owner.split('/').at(-1)} <b>{percent.format(probability)}</b>
        </li>
      ))}
    </ul>
  );
}
