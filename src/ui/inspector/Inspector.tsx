// Below the plan: what happens at the current stop, in a sentence, with the packet before and after and everything that decided.

import { setRequest, showTab, useApp } from '../../store/app';
import { letterOf } from '../../store/journey';
import { clusterView, currentStep, currentTold, hasFailed } from '../../store/selectors';
import { suggestedRequest } from '../../store/suggestion';
import { Icon } from '../Icon';
import { Prose } from '../Prose';
import { useRequestProblem } from '../request-problem';
import { useMessages, useTold } from '../text';
import { ClientView } from './ClientView';
import { EvidenceList } from './EvidenceList';
import { PacketTable } from './PacketTable';

export function Inspector() {
  const text = useMessages();
  const step = useApp(currentStep);
  const ended = step !== null && (step.kind === 'concluded' || step.kind === 'rejected' || step.kind === 'dropped');
  return (
    <section className="inspector" aria-label={text.inspector}>
      <Sentence />
      {step === null ? null : (
        <div className="inspector-body" key={step.at.exchange}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="packet" aria-label={text.beforeAfter} tabIndex={0}>
            {ended ? <ClientView /> : null}
            <PacketTable />
          </section>
          <EvidenceList />
        </div>
      )}
    </section>
  );
}

/** A way out where the request does not fit the cluster: another one that does. */
function Suggestion() {
  const text = useMessages();
  const view = useApp(clusterView);
  const problem = useApp((state) => state.problem);
  const unfit = problem?.code === 'unknown-source' || problem?.code === 'source-not-running';
  const request = unfit && view !== null ? suggestedRequest(view, problem.from) : null;
  if (request === null) return null;
  return (
    <button type="button" className="suggestion" onClick={() => setRequest(request)}>
      {text.sendInstead(request.from.slice(request.from.lastIndexOf('/') + 1), request.to)}
    </button>
  );
}

/** Where the request fails: the way to the checks that name the cause. */
function Why() {
  const text = useMessages();
  const failed = useApp(hasFailed);
  if (!failed) return null;
  return (
    <button type="button" className="suggestion" onClick={() => showTab('diagnosis')}>
      {text.whyFailed}
    </button>
  );
}

function Sentence() {
  const text = useMessages();
  const told = useTold();
  const step = useApp(currentStep);
  const words = useApp(currentTold);
  const problem = useRequestProblem();
  if (problem !== null) {
    return (
      <p className="sentence" role="alert">
        <i className="bullet X" aria-hidden="true">
          <Icon name="cross" />
        </i>
        <span className="refusal">{problem}</span>
        <Why />
        <Suggestion />
      </p>
    );
  }
  if (step === null || words === null) return <p className="sentence">{text.noJourney}</p>;
  const halted = step.kind === 'dropped' || step.kind === 'rejected';
  const letter = letterOf(step);
  return (
    <p className="sentence">
      <i className={`bullet ${halted ? 'X' : letter}`} aria-hidden="true">
        {halted ? <Icon name="cross" /> : letter}
      </i>
      <span>
        <Prose text={told(words.sentence)} />
      </span>
      {halted || step.kind === 'concluded' ? <Why /> : null}
    </p>
  );
}
