// The ticket: from where, to where, and Send. What is written in `To` counts when the reader leaves the field or presses Enter.

import { type FormEvent, useState } from 'react';
import { send, setRequest, useApp } from '../../store/app';
import { Icon } from '../Icon';
import { useMessages } from '../text';
import { SourceSelect } from './SourceSelect';
import { TargetField } from './TargetField';
import { VerbSelect } from './VerbSelect';
import { ViaSelect } from './ViaSelect';

export function RequestBar() {
  const text = useMessages();
  const refused = useApp((state) => state.problem !== null);
  const again = useApp((state) => state.sentByHand);
  const to = useApp((state) => state.scenario.request.to);
  const [draft, setDraft] = useDraft(to);
  const settle = (written: string): void => {
    if (written.trim() !== to) setRequest({ to: written.trim() });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    settle(draft);
    send();
  };
  return (
    <search className="request">
      <form className={refused ? 'ticket refused' : 'ticket'} onSubmit={submit} aria-label={text.request}>
        <SourceSelect />
        <ViaSelect />
        <div className="ticket-part to">
          <em>{text.to}</em>
          <VerbSelect />
          <TargetField draft={draft} write={setDraft} settle={settle} />
        </div>
        <button type="submit" className="go">
          <span>{again ? text.sendAgain : text.send}</span>
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
