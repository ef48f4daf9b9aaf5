// Where the request begins: a Pod, a node, or a computer outside. The browser's own list lies over our label, so it works with
// every keyboard, screen reader and telephone.

import { type KeyboardEvent, useState } from 'react';
import type { ClusterView, PodView } from '../../engine/view';
import { setRequest, useApp } from '../../store/app';
import { clusterView } from '../../store/selectors';
import { Icon } from '../Icon';
import { useMessages } from '../text';

/** TEST-NET-3 (RFC 5737): an address that belongs to nobody. */
const OUTSIDE = '203.0.113.9';

/** The entry that opens a field. */
const OWN = 'own';

export function SourceSelect() {
  const text = useMessages();
  const view = useApp(clusterView);
  const from = useApp((state) => state.scenario.request.from);
  const chosen = canonical(from);
  const groups = view === null ? [] : optionsOf(view, text);
  const [own, setOwn] = useState(false);
  if (own) return <OwnAddress from={chosen} done={() => setOwn(false)} />;
  const choose = (value: string): void => {
    if (value === OWN) setOwn(true);
    else sendFrom(value);
  };
  const known = groups.flatMap((group) => group.options).find((option) => option.value === chosen);
  return (
    <label className="ticket-part from">
      <em>{text.from}</em>
      <b>{known?.name ?? from.split('/').at(-1)}</b>
      <span className="mono from-address">{known?.address ?? (view === null ? '' : text.unknownPlace)}</span>
      <Icon name="down" />
      <select aria-label={text.from} value={chosen} onChange={(event) => choose(event.target.value)}>
        {known === undefined ? <option value={chosen}>{from}</option> : null}
        {groups.map((group) => (
          <optgroup key={group.name} label={group.name}>
            {group.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.name} {option.address}
              </option>
            ))}
          </optgroup>
        ))}
        <option value={OWN}>{text.otherAddress}</option>
      </select>
    </label>
  );
}

/** Only a request from outside has a node that it reaches first. */
function sendFrom(from: string): void {
  setRequest(from.startsWith('external/') ? { from } : { from, via: null });
}

/** An address outside of the reader's own choice. Enter takes it, Escape leaves all as it was. */
function OwnAddress({ from, done }: { readonly from: string; readonly done: () => void }) {
  const text = useMessages();
  const [draft, setDraft] = useState(from.startsWith('external/') ? from.slice('external/'.length) : OUTSIDE);
  const settle = (): void => {
    if (draft.trim() !== '') sendFrom(`external/${draft.trim()}`);
    done();
  };
  const obey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    if (event.key === 'Enter') settle();
    else done();
  };
  return (
    <label className="ticket-part from own">
      <em>{text.from}</em>
      <input
        className="own-field mono"
        aria-label={text.ownAddress}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the reader has just chosen to write here
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={settle}
        onKeyDown={obey}
      />
    </label>
  );
}

interface Source {
  readonly value: string;
  readonly name: string;
  readonly address: string;
}

function optionsOf(
  view: ClusterView,
  text: { readonly nodes: string; readonly outside: string },
): readonly { readonly name: string; readonly options: readonly Source[] }[] {
  const namespaces = [...new Set(view.pods.filter(isClient).map((pod) => pod.namespace))];
  const pods = namespaces.map((namespace) => ({
    name: namespace,
    options: view.pods.filter((pod) => isClient(pod) && pod.namespace === namespace).map(podSource),
  }));
  const nodes = view.nodes.map((node) => ({ value: `node/${node.name}`, name: node.name, address: node.addresses[0] ?? '' }));
  const outside = [...new Set([...view.externals.map((external) => external.address), OUTSIDE])].map((address) => ({
    value: `external/${address}`,
    name: text.outside,
    address,
  }));
  return [...pods, { name: text.nodes, options: nodes }, { name: text.outside, options: outside }].filter(
    (group) => group.options.length > 0,
  );
}

function isClient(pod: PodView): boolean {
  return pod.addresses.length > 0 && !(pod.nameServer && pod.added);
}

function podSource(pod: PodView): Source {
  return { value: `pod/${pod.namespace}/${pod.name}`, name: pod.name, address: pod.addresses[0] ?? '' };
}

/** `pod/web` is short for `pod/default/web`. */
function canonical(from: string): string {
  return /^pod\/[^/]+$/.test(from) ? from.replace('pod/', 'pod/default/') : from;
}
