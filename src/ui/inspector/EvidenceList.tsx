// Everything that decided at this stop: rules, routes, records, sockets, as the real tools print them, with what became of each.
// A line that the user's text is behind leads there.

import { useState } from 'react';
import { FIDELITY } from '../../engine/explain/fidelity-parts';
import type { Evidence } from '../../engine/explain/told';
import type { SourceRange } from '../../engine/manifest/parsed';
import { showSource, useApp } from '../../store/app';
import { letterOf } from '../../store/journey';
import { currentStep, currentTold, traceSources } from '../../store/selectors';
import { Icon } from '../Icon';
import { useMessages, useTold } from '../text';
import { type EvidenceRun, grouped } from './evidence-groups';
import { pieces, shortened } from './evidence-text';

export function EvidenceList() {
  const text = useMessages();
  const evidence = useApp((state) => currentTold(state)?.evidence) ?? [];
  const [full, setFull] = useState(false);
  const letter = useApp((state) => {
    const step = currentStep(state);
    return step === null ? 'A' : step.kind === 'rejected' || step.kind === 'dropped' ? 'X' : letterOf(step);
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={`evidence line-${letter}`} aria-label={text.evidence} tabIndex={0}>
      <div className="evidence-head">
        <h2 className="heading">{text.evidence}</h2>
        <Counts evidence={evidence} />
        {evidence.some((item) => shortened(item.text) !== item.text) ? (
          <button type="button" className="evidence-full" aria-pressed={full} onClick={() => setFull(!full)}>
            {text.fullText}
          </button>
        ) : null}
      </div>
      {evidence.length === 0 ? <p className="packet-none">{text.noEvidence}</p> : null}
      {grouped(evidence).map((group) => (
        <div key={group.key}>
          <h3 className="mono">{group.name}</h3>
          <ul>
            {group.runs.map((run) => (
              <Run key={run.key} run={run} full={full} />
            ))}
          </ul>
        </div>
      ))}
      <Faithfulness />
    </section>
  );
}

/** Which part of the simulation speaks here, what it follows, and what is simpler than in life. */
function Faithfulness() {
  const text = useMessages();
  const told = useTold();
  const part = useApp((state) => currentTold(state)?.fidelity ?? null);
  if (part === null) return null;
  const { level, subject, source, simplified } = FIDELITY[part];
  return (
    <p className="faithfulness">
      <b>{text.fidelity[level]}</b> <span>{told(subject)}</span> <span className="mono">{source}</span>
      {simplified === null ? null : <span>{told(simplified)}</span>}
    </p>
  );
}

function Counts({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const text = useMessages();
  const read = useApp((state) => {
    const step = currentStep(state);
    return step !== null && 'rulesRead' in step ? step.rulesRead : 0;
  });
  const applied = evidence.filter((item) => item.matched === true).length;
  const passed = evidence.filter((item) => item.matched === false).length;
  const parts = [read > 0 ? text.rulesRead(read) : '', applied > 0 ? text.applied(applied) : '', passed > 0 ? text.passedOver(passed) : ''];
  return <span className="evidence-counts">{parts.filter((part) => part !== '').join(', ')}</span>;
}

function Run({ run, full }: { readonly run: EvidenceRun; readonly full: boolean }) {
  const text = useMessages();
  const [open, setOpen] = useState(false);
  const shown = open || full || !run.folds ? run.items : run.items.slice(0, 1);
  const rest = run.items.length - shown.length;
  return (
    <>
      {shown.map((entry) => (
        <EvidenceRow key={entry.key} item={entry.item} full={full} />
      ))}
      {rest === 0 ? null : (
        <li className="evidence-row passed">
          <i>
            <Icon name="cross" />
          </i>
          <button type="button" className="evidence-more" onClick={() => setOpen(true)}>
            {text.morePassed(rest)}
          </button>
        </li>
      )}
    </>
  );
}

function EvidenceRow({ item, full }: { readonly item: Evidence; readonly full: boolean }) {
  const text = useMessages();
  const told = useTold();
  const source: SourceRange | null = useApp((state) => traceSources(state)?.[item.provenance] ?? null);
  const state = item.matched === true ? 'matched' : item.matched === false ? 'passed' : 'unread';
  const mark = { matched: text.matchedMark, passed: text.passedMark, unread: text.unreadMark }[state];
  const icon = { matched: 'check', passed: 'cross', unread: 'dash' } as const;
  const shown = full ? item.text : shortened(item.text);
  return (
    <li className={`evidence-row ${state}${full ? ' full' : ''}`}>
      <i>
        <Icon name={icon[state]} />
        <span className="unseen">{mark}</span>
      </i>
      {source === null ? (
        <code className="mono" title={item.text}>
          <Pieces text={shown} item={item} />
        </code>
      ) : (
        <button type="button" className="mono" title={`${item.text}\n${text.showInText}`} onClick={() => showSource(source)}>
          <Pieces text={shown} item={item} />
        </button>
      )}
      <span className="evidence-note">{item.note === null ? '' : told(item.note)}</span>
    </li>
  );
}

/** The part that failed, as the shown text spells it. */
function failedPart(text: string, item: Evidence): string | null {
  return item.failed === null || text.includes(item.failed) ? item.failed : shortened(item.failed);
}

const CLASSES = { plain: undefined, failed: 'failed', plate: 'plate' } as const;

function Pieces({ text, item }: { readonly text: string; readonly item: Evidence }) {
  return pieces(text, failedPart(text, item), item.matched).map((piece) => (
    <span key={`${piece.kind}${piece.text}`} className={CLASSES[piece.kind]}>
      {piece.text}
    </span>
  ));
}
