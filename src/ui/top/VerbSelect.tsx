// The kind of the request: HTTP, a bare connection or datagram, or a ping. Choosing another one rewrites the address around the same host.

import { setRequest, useApp } from '../../store/app';
import { retargeted, VERBS, verbOf } from '../../store/target-text';
import { Icon } from '../Icon';
import { useMessages } from '../text';

const NAMES = { GET: 'HTTP GET', TCP: 'TCP', UDP: 'UDP', SCTP: 'SCTP', ping: 'ICMP (ping)' } as const;

export function VerbSelect() {
  const text = useMessages();
  const request = useApp((state) => state.scenario.request);
  const verb = verbOf(request);
  const choose = (value: string): void => {
    const chosen = VERBS.find((one) => one === value);
    if (chosen !== undefined) setRequest(retargeted(request, chosen));
  };
  return (
    <span className="ticket-choice">
      <b className="mono">{verb}</b>
      <Icon name="down" />
      <select aria-label={text.protocol} value={verb} onChange={(event) => choose(event.target.value)}>
        {VERBS.map((one) => (
          <option key={one} value={one}>
            {NAMES[one]}
          </option>
        ))}
      </select>
    </span>
  );
}
