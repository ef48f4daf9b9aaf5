// The address of the request: free text, with the addresses of the cluster beneath it as a list (ARIA's combobox with a listbox).
// The list is whole when it opens, and narrows as soon as the reader types.

import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useApp } from '../../store/app';
import { clusterView } from '../../store/selectors';
import { type SuggestedTarget, suggestedTargets } from '../../store/suggested-targets';
import { verbOf } from '../../store/target-text';
import { useMessages } from '../text';

interface TargetFieldProps {
  readonly draft: string;
  readonly write: (draft: string) => void;
  /** The reader is done with the field, with this text in it. */
  readonly settle: (text: string) => void;
}

const NONE: readonly SuggestedTarget[] = [];

export function TargetField({ draft, write, settle }: TargetFieldProps) {
  const text = useMessages();
  const id = useId();
  const list = useSuggestions();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState(false);
  const [active, setActive] = useState(-1);
  const shown = useMemo(() => (typed ? list.filter((one) => fits(one, draft)) : list), [list, typed, draft]);
  const visible = open && shown.length > 0;
  const close = (): void => {
    setOpen(false);
    setActive(-1);
    setTyped(false);
  };
  const take = (one: SuggestedTarget): void => {
    settle(one.to);
    close();
  };
  const obey = (event: KeyboardEvent): void => {
    const picked = shown[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (visible) setActive((active + (event.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1) + shown.length) % shown.length);
    } else if (event.key === 'Enter' && visible && picked !== undefined) {
      event.preventDefault();
      take(picked);
    } else if (event.key === 'Escape' && visible) {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter') close();
  };
  return (
    <>
      <input
        className="to-field mono"
        role="combobox"
        aria-label={text.toLabel}
        aria-expanded={visible}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={visible && active >= 0 ? `${id}-${active}` : undefined}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onClick={() => setOpen(true)}
        onChange={(event) => {
          write(event.target.value);
          setTyped(true);
          setOpen(true);
          setActive(-1);
        }}
        onKeyDown={obey}
        onBlur={() => {
          close();
          settle(draft);
        }}
      />
      <div className="suggestions" id={`${id}-list`} role="listbox" aria-label={text.suggestions} hidden={!visible}>
        {visible
          ? shown.map((one, index) => (
              <Suggestion
                key={one.to}
                id={`${id}-${index}`}
                one={one}
                head={one.kind === shown[index - 1]?.kind ? null : text.suggestionKinds[one.kind]}
                active={index === active}
                take={take}
              />
            ))
          : null}
      </div>
    </>
  );
}

function useSuggestions(): readonly SuggestedTarget[] {
  const view = useApp(clusterView);
  const request = useApp((state) => state.scenario.request);
  return useMemo(() => (view === null ? NONE : suggestedTargets(view, request.from, verbOf(request))), [view, request]);
}

function fits({ to, name }: SuggestedTarget, draft: string): boolean {
  const wanted = draft
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/|^ping:/, '');
  return to.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted);
}

interface SuggestionProps {
  readonly id: string;
  readonly one: SuggestedTarget;
  /** The name of the kind, before the first of it. */
  readonly head: string | null;
  readonly active: boolean;
  readonly take: (one: SuggestedTarget) => void;
}

function Suggestion({ id, one, head, active, take }: SuggestionProps) {
  return (
    <>
      {head === null ? null : (
        <div className="suggestions-head" role="presentation">
          {head}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the combobox holds the keyboard */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here */}
      <div
        id={id}
        role="option"
        aria-selected={active}
        ref={(item) => {
          if (active) item?.scrollIntoView({ block: 'nearest' });
        }}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => take(one)}
      >
        <span className="mono">{one.to}</span>
        <span>{one.name}</span>
      </div>
    </>
  );
}
