// What the client sees in the end, as its terminal shows it, what that tells, and how the cause would be proven on a real cluster.

import type { Messages } from '../../i18n/messages';
import { useApp } from '../../store/app';
import { useMessages, useTold } from '../text';
import { type Verdict, verdictOf } from './verdict';

export function ClientView() {
  const text = useMessages();
  const sent = useApp((state) => state.sent);
  if (sent === null) return null;
  const { outcome, steps } = sent.told.trace;
  return (
    <section className="client">
      <h2 className="heading">{text.clientSees}</h2>
      <Terminal />
      <p>{meaning(verdictOf(outcome, steps), text)}</p>
      <Proofs />
    </section>
  );
}

function Terminal() {
  const client = useApp((state) => state.sent?.told.client ?? null);
  if (client === null) return null;
  const lines = [...(client.command === null ? [] : [`$ ${client.command}`]), client.output];
  return <pre className="mono">{lines.filter((line) => line !== '').join('\n')}</pre>;
}

/** Commands to type on a real cluster, each with what to look for. */
function Proofs() {
  const text = useMessages();
  const told = useTold();
  const proofs = useApp((state) => state.sent?.told.proofs);
  if (proofs === undefined || proofs.length === 0) return null;
  return (
    <>
      <h2 className="heading">{text.proofs}</h2>
      <ul className="proofs">
        {proofs.map(({ command, node, shows }) => (
          <li key={command}>
            <code className="mono">{node === null ? `$ ${command}` : `${node}# ${command}`}</code>
            <span>{told(shows)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function meaning(verdict: Verdict, text: Messages): string {
  return {
    delivered: text.saysDelivered,
    'by-proxy': text.saysByProxy,
    refused: text.saysRefused,
    unreachable: text.saysUnreachable,
    timeout: text.saysTimeout,
    unresolved: text.saysUnresolved,
  }[verdict];
}
