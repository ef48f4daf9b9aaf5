// A Pod's card: state, addresses, labels, the ports that its programs listen on, each with how we know; what can be done to it, and what
// happened to it.

import type { PodView } from '../../engine/index';
import { PodActions } from '../life/Actions';
import { faultWords } from '../life/fault-words';
import { PodEvents } from '../life/PodEvents';
import { useLanguage } from '../text';
import type { PlanStrings } from './strings';

export function PodCard({ pod, text, onClose }: { readonly pod: PodView; readonly text: PlanStrings; readonly onClose: () => void }) {
  const words = faultWords(useLanguage());
  const labels = Object.entries(pod.labels);
  return (
    <aside className="pod-card" aria-label={`${pod.namespace}/${pod.name}`}>
      <header>
        <h3>{pod.name}</h3>
        <button type="button" onClick={onClose} aria-label={text.close}>
          ×
        </button>
      </header>
      <p className="pod-card-space">{pod.namespace}</p>
      <dl>
        <dt>{text.state}</dt>
        <dd>
          {pod.status}, {pod.ready ? text.ready : text.notReady}
        </dd>
        {pod.restarts === 0 ? null : (
          <>
            <dt>{words.restarts}</dt>
            <dd>{pod.restarts}</dd>
          </>
        )}
        <dt>{text.address}</dt>
        <dd className="mono">{pod.addresses.join(', ') || '-'}</dd>
        <dt>{text.labels}</dt>
        <dd className="mono">
          {labels.length === 0 ? text.noLabels : labels.map(([key, value]) => <span key={key}>{`${key}=${value}`}</span>)}
        </dd>
        <dt>{text.ports}</dt>
        <dd>
          {pod.ports.length === 0
            ? text.noPorts
            : pod.ports.map((port) => (
                <span key={`${port.port}${port.protocol}`} className={port.source === 'assumed' ? 'port assumed' : 'port'}>
                  <b className="mono">{`${port.port}/${port.protocol}`}</b> {text.source[port.source]}
                </span>
              ))}
        </dd>
      </dl>
      <div className="card-side">
        <PodActions pod={pod} />
        <PodEvents namespace={pod.namespace} name={pod.name} />
      </div>
    </aside>
  );
}
