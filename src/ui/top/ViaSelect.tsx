// The node that a request from outside reaches first. Where the reader leaves it open, the address decides: a node's own address is that
// node, a load balancer's is any that it uses.

import { setRequest, useApp } from '../../store/app';
import { clusterView } from '../../store/selectors';
import { Icon } from '../Icon';
import { useMessages } from '../text';

export function ViaSelect() {
  const text = useMessages();
  const from = useApp((state) => state.scenario.request.from);
  const via = useApp((state) => state.scenario.request.via?.replace(/^node\//, '') ?? '');
  const nodes = useApp((state) => clusterView(state)?.nodes);
  if (!from.startsWith('external/') || nodes === undefined) return null;
  const unknown = via !== '' && !nodes.some(({ name }) => name === via);
  return (
    <label className="ticket-part via">
      <em>{text.via}</em>
      {via === '' ? <span className="open">{text.viaAny}</span> : <b>{via}</b>}
      <Icon name="down" />
      <select
        aria-label={text.viaLabel}
        value={via}
        onChange={({ target: { value } }) => setRequest({ via: value === '' ? null : `node/${value}` })}
      >
        <option value="">{text.viaAny}</option>
        {unknown ? <option value={via}>{via}</option> : null}
        {nodes.map(({ name, addresses }) => (
          <option key={name} value={name}>
            {name} {addresses[0]}
          </option>
        ))}
      </select>
    </label>
  );
}
