// The packet at this stop: changed values struck through, the new ones on a yellow plate, the rest in one line.

import { formatSocket } from '../../engine/net/packet';
import type { Messages } from '../../i18n/messages';
import { useApp } from '../../store/app';
import { currentStep, traceSteps } from '../../store/selectors';
import { useMessages } from '../text';
import { type FieldChange, type FieldName, packetChanges } from './packet-change';

export function PacketTable() {
  const text = useMessages();
  const steps = useApp(traceSteps);
  const step = useApp((state) => state.playback.step);
  const changes = packetChanges(steps, step);
  if (changes.length === 0) {
    return (
      <>
        <h2 className="heading">{text.beforeAfter}</h2>
        <p className="packet-none">{text.noPacket}</p>
      </>
    );
  }
  const shown = changes.filter((change) => !isQuiet(change));
  const quiet = changes.filter(isQuiet);
  return (
    <>
      <h2 className="heading">{text.beforeAfter}</h2>
      <table>
        <tbody>
          {shown.map((change) => (
            <tr key={change.field}>
              <th scope="row">{nameOf(change.field, text)}</th>
              <td className="mono">
                <Value change={change} />
              </td>
            </tr>
          ))}
          {quiet.length === 0 ? null : (
            <tr>
              <th scope="row">{text.unchanged}</th>
              <td className="mono">{quiet.map((change) => inWords(change, text)).join(', ')}</td>
            </tr>
          )}
        </tbody>
      </table>
      <Tracked />
    </>
  );
}

/** Addresses and the tracking state always have a row of their own; the rest only when it changes. */
function isQuiet(change: FieldChange): boolean {
  return change.before === null && (change.field === 'payload' || change.field === 'ttl' || change.field === 'mark');
}

/** In the line of what stayed the same: `TCP SYN, TTL 64`. */
function inWords(change: FieldChange, text: Messages): string {
  return change.field === 'payload' ? change.after : `${nameOf(change.field, text)} ${change.after}`;
}

function nameOf(field: FieldName, text: Messages): string {
  return {
    source: text.source,
    destination: text.destination,
    payload: text.payload,
    ttl: 'TTL',
    mark: text.mark,
    tracking: text.tracking,
  }[field];
}

function Value({ change }: { readonly change: FieldChange }) {
  if (change.before === null) return change.after;
  if (change.field === 'tracking' && change.before === '-') return change.after;
  return (
    <>
      <del className="struck">{change.before}</del>
      <br />
      <ins className="plate">{change.after}</ins>
    </>
  );
}

/** The line of the connection tracking table that this packet belongs to. */
function Tracked() {
  const text = useMessages();
  const connection = useApp((state) => currentStep(state)?.skb?.connection ?? null);
  const made = useApp((state) => currentStep(state)?.effects.some((effect) => effect.kind === 'connection-added') ?? false);
  if (connection === null) return null;
  return (
    <div className="tracked">
      <h3>{made ? text.entryMade : text.entry}</h3>
      {[connection.original, connection.reply].map((flow, index) => (
        <p key={index === 0 ? 'original' : 'reply'} className="mono">
          {formatSocket(flow.source)} &gt; {formatSocket(flow.destination)}
        </p>
      ))}
    </div>
  );
}
