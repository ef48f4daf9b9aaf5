// The ticket: from where, to where, and Send. What is written in `To` counts when the reader leaves the field or presses Enter.

import { type FormEvent, useState } from 'react';
import { send, setRequest, useApp } from '../../store/app';
import { Icon } from '../Icon';
import { useMessages } from '../text';
import { SourceSelect } from './SourceSelect';

export function RequestBar() {
  const text = useMessages();
  const refused = useApp((state) => state.problem !== null);
  const again = useApp((state) => state.sentByHand);
  const to = useApp((state) => state.scenario.request.to);
  const [draft, setDraft] = useDraft(to);
  const settle = (): void => {
    if (draft.trim() !== to) setRequest({ to: draft.trim() });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    settle();
    send();
  };
  return (
    <search className="request">
      <form className={refused ? 'ticket refused' : 'ticket'} onSubmit={submit} aria-label={text.request}>
        <SourceSelect />
        <label className="ticket-part to">
          <em>{text.to}</em>
          <Verb to={draft} />
          <span className="unseen">{text.toLabel}</span>
          <input
            className="to-field mono"
            value={draft}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => setDraft(event.target.value)}
            onBlur={settle}
          />
        </label>
        <button type="submit" className="go">
          {again ? text.sendAgain : text.send}
          <Icon name="arrow" />
        </button>
      </form>
    </search>
  );
}

/** What is being typed, replaced whenever the scenario itself changes. */
function useDraft(value: string): [string, (draft: string) => void] {
  const [draft, setDraft] = useState({ of: value, text: value });
  const current = draft.of === value ? draft.text : value;
  return [current, (text) => setDraft({ of: value, text })];
}

function Verb({ to }: { readonly to: string }) {
  return <b className="mono">{/^https?:\/\//i.test(to) ? 'GET' : 'TCP'}</b>;
}
