// A node's card: its addresses, the range of its Pods, whether it is well, and what can be done to it.

import type { NodeView } from '../../engine/index';
import { NodeActions } from '../life/Actions';
import { faultWords } from '../life/fault-words';
import { useLanguage } from '../text';
import type { PlanStrings } from './strings';

export function NodeCard({ node, text, onClose }: { readonly node: NodeView; readonly text: PlanStrings; readonly onClose: () => void }) {
  const words = faultWords(useLanguage());
  return (
    <aside className="pod-card" aria-label={node.name}>
      <header>
        <h3>{node.name}</h3>
        <button type="button" onClick={onClose} aria-label={text.close}>
          ×
        </button>
      </header>
      <dl>
        <dt>{text.state}</dt>
        <dd>
          {node.ready ? text.ready : text.notReady}
          {node.schedulable ? '' : `, ${words.cordoned}`}
        </dd>
        <dt>{text.address}</dt>
        <dd className="mono">{node.addresses.join(', ') || '-'}</dd>
        <dt>Pods</dt>
        <dd className="mono">{node.podCIDRs.join(', ') || '-'}</dd>
      </dl>
      <div className="card-side">
        <NodeActions node={node} />
      </div>
    </aside>
  );
}
