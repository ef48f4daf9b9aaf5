// What the client sees in the end, as its terminal shows it, and what that tells.

import type { Messages } from '../../i18n/messages';
import { useApp } from '../../store/app';
import { useMessages } from '../text';
import { clientWords, type Verdict, verdictOf } from './client-words';

export function ClientView() {
  const text = useMessages();
  const sent = useApp((state) => state.sent);
  if (sent === null) return null;
  const { outcome, steps } = sent.told.trace;
  return (
    <section className="client">
      <h2 className="heading">{text.clientSees}</h2>
      <pre className="mono">{clientWords(sent.request, outcome, steps).join('\n')}</pre>
      <p>{meaning(verdictOf(outcome, steps), text)}</p>
    </section>
  );
}

function meaning(verdict: Verdict, text: Messages): string {
  return {
    delivered: text.saysDelivered,
    refused: text.saysRefused,
    unreachable: text.saysUnreachable,
    timeout: text.saysTimeout,
    unresolved: text.saysUnresolved,
  }[verdict];
}
