// Why the request fails: the checks in order, each with its command and what it prints, up to the first that names the cause; and the cause,
// with what takes it away.

import { useState } from 'react';
import type { ToldCause, ToldCheck, Verdict } from '../../engine/index';
import { showSource, useApp } from '../../store/app';
import { correct } from '../../store/live';
import type { Diagnosed } from '../../store/state';
import { Icon } from '../Icon';
import { Prose } from '../Prose';
import { useRequestProblem } from '../request-problem';
import { useLanguage, useMessages, useTold } from '../text';
import { correctedLines } from './corrected-lines';

export function Diagnosis() {
  const text = useMessages();
  const diagnosed = useApp((state) => state.diagnosed);
  const problem = useRequestProblem();
  const [full, setFull] = useState(false);
  return (
    <div className="many diagnosis">
      <header>
        <h2>{text.diagnosisTitle}</h2>
        <button type="button" className="evidence-full" aria-pressed={full} onClick={() => setFull(!full)}>
          {text.commandsInFull}
        </button>
      </header>
      <p>{text.diagnosisText}</p>
      {problem === null ? null : <p role="alert">{problem}</p>}
      {diagnosed === null ? null : (
        <div className="diagnosis-body">
          <Outcome diagnosed={diagnosed} />
          <Checks checks={diagnosed.told.checks} full={full} />
        </div>
      )}
    </div>
  );
}

function Checks({ checks, full }: { readonly checks: readonly ToldCheck[]; readonly full: boolean }) {
  const text = useMessages();
  const told = useTold();
  return (
    <ol className="checks" aria-label={text.diagnosisTitle}>
      {checks.map((check, index) => (
        <CheckRow
          key={`${check.about} ${check.code}`}
          check={check}
          number={index + 1}
          full={full}
          heading={checks[index - 1]?.about === check.about ? null : told(check.heading)}
        />
      ))}
    </ol>
  );
}

const MARKS: Readonly<Record<Verdict, 'check' | 'down' | 'cross' | 'dash'>> = {
  passed: 'check',
  symptom: 'down',
  failed: 'cross',
  'not-reached': 'dash',
};

interface CheckRowProps {
  readonly check: ToldCheck;
  readonly number: number;
  /** Whether what a command prints is shown to its end although all is well. */
  readonly full: boolean;
  /** What this check and those behind it are about; null where the one before says it. */
  readonly heading: string | null;
}

/** Of what is well, so many lines are enough. */
const ENOUGH = 2;

function CheckRow({ check, number, heading, full }: CheckRowProps) {
  const text = useMessages();
  const told = useTold();
  const { verdict, title, sentence, command, output } = check;
  const short = verdict === 'passed' && !full;
  const lines = short && output.length > ENOUGH ? [...output.slice(0, ENOUGH - 1), '…'] : output;
  return (
    <li className={short ? `check ${verdict} short` : `check ${verdict}`} id={`check-${number}`}>
      {heading === null ? null : <h3 className="heading">{heading}</h3>}
      <span className="row-number">{number}</span>
      <i className="check-mark">
        <Icon name={MARKS[verdict]} />
        <span className="unseen">{text.verdicts[verdict]}</span>
      </i>
      <div className="check-found">
        <b>{told(title)}</b>
        {sentence === null ? null : (
          <span>
            <Prose text={told(sentence)} />
          </span>
        )}
      </div>
      {command === null && output.length === 0 ? null : (
        <pre className="mono">
          {command === null ? null : <kbd>{command.node === null ? `$ ${command.text}` : `${command.node}# ${command.text}`}</kbd>}
          {lines.length === 0 ? null : `\n${lines.join('\n')}`}
        </pre>
      )}
    </li>
  );
}

function Outcome({ diagnosed }: { readonly diagnosed: Diagnosed }) {
  const text = useMessages();
  const told = useTold();
  const { cause, summary } = diagnosed.told;
  if (cause === null) {
    return (
      <section className="cause well" aria-label={text.cause}>
        <h3>{text.noCause}</h3>
        <p>{told(summary)}</p>
      </section>
    );
  }
  return <Cause cause={cause} diagnosed={diagnosed} />;
}

function Cause({ cause, diagnosed }: { readonly cause: ToldCause; readonly diagnosed: Diagnosed }) {
  const text = useMessages();
  const told = useTold();
  const percent = new Intl.NumberFormat(useLanguage(), { style: 'percent', maximumFractionDigits: 1 });
  const { failing } = diagnosed.told;
  // Its places are those of the text that the cluster was made of.
  const isThere = useApp(({ live, scenario }) => (live === null ? diagnosed.text : live.manifest) === scenario.text);
  const range = isThere ? cause.range : null;
  return (
    <section className="cause" aria-label={text.cause}>
      <span className="heading">{text.cause}</span>
      <FailedCheck checks={diagnosed.told.checks} />
      <h3>{told(cause.title)}</h3>
      {failing < 1 ? <p className="cause-share">{text.failingShare(percent.format(failing))}</p> : null}
      <p>
        <Prose text={told(cause.sentence)} />
      </p>
      <p>
        <Prose text={told(cause.advice)} />
      </p>
      <Correction diagnosed={diagnosed} />
      {range === null ? null : (
        <button type="button" className="link" onClick={() => showSource(range)}>
          {text.showCause}
          {cause.object === null ? null : (
            <span className="mono">
              {' '}
              {cause.object} {cause.path}
            </span>
          )}
        </button>
      )}
    </section>
  );
}

/** Which check named it: a way there. */
function FailedCheck({ checks }: { readonly checks: readonly ToldCheck[] }) {
  const text = useMessages();
  const number = checks.findIndex(({ verdict }) => verdict === 'failed') + 1;
  if (number === 0) return null;
  return (
    <button type="button" className="link" onClick={() => document.getElementById(`check-${number}`)?.scrollIntoView({ block: 'center' })}>
      {text.foundByCheck(number)}
    </button>
  );
}

/** The line as it is and as it should be, and a button that writes it. */
function Correction({ diagnosed: { text: before, mended } }: { readonly diagnosed: Diagnosed }) {
  const text = useMessages();
  const current = useApp((state) => state.scenario.text === before);
  if (mended === null || !current) return null;
  return (
    <div className="correction">
      <h4>{text.remedy}</h4>
      <table className="mono">
        <tbody>
          {correctedLines(before, mended).map(({ line, removed, words }) => (
            <tr key={`${line} ${removed}`} className={removed ? 'removed' : 'added'}>
              <th scope="row">
                {line} <span aria-hidden="true">{removed ? '−' : '+'}</span>
                <span className="unseen">{removed ? text.lineRemoved(line) : text.lineAdded(line)}</span>
              </th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" className="button dark" onClick={correct}>
        {text.mend}
      </button>
    </div>
  );
}
