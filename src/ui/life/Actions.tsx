// What can be done to a Pod or a node from its card. Each is one deed on the axis, and is undone like any other.

import type { Fault, NodeView, PodView } from '../../engine/index';
import { useApp } from '../../store/app';
import { cordonOf, cutBetween, deletionOf, drainOf, faultAt, podKey, toggled } from '../../store/deeds';
import { changeLive, filterHistory } from '../../store/live';
import { clusterView } from '../../store/selectors';
import { useLanguage } from '../text';
import { type FaultWords, faultWords } from './fault-words';

const NONE: readonly Fault[] = [];

function useFaults(): readonly Fault[] {
  return useApp((state) => state.live?.view?.faults ?? NONE);
}

export function PodActions({ pod }: { readonly pod: PodView }) {
  const words = faultWords(useLanguage());
  const key = podKey(pod);
  const ill = useFaults().find((fault) => fault.kind === 'ill' && fault.pod === key);
  const isLive = useApp((state) => state.live !== null);
  const set = (fault: Fault) => () => changeLive({ kind: 'set-fault', fault });
  const running = pod.condition === 'ready' || pod.condition === 'not-ready';
  return (
    <div className="card-actions">
      <h4>{words.act}</h4>
      <Act name={words.remove} enabled={pod.condition !== 'terminating'} onPress={() => changeLive(deletionOf(pod))} />
      <Act name={words.crash} enabled={running} onPress={set({ kind: 'crash', pod: key, container: null, exitCode: 1 })} />
      {ill === undefined ? (
        <>
          <Act name={words.answer500} enabled={running} onPress={set({ kind: 'ill', pod: key, answers: 500 })} />
          <Act name={words.hang} enabled={running} onPress={set({ kind: 'ill', pod: key, answers: 'hang' })} />
          <Act name={words.closePort} enabled={running} onPress={set({ kind: 'ill', pod: key, answers: 'down' })} />
        </>
      ) : (
        <Act name={`${words.mend} (${words.wrong(ill)})`} onPress={() => changeLive({ kind: 'mend-fault', fault: ill })} />
      )}
      {isLive ? <Act name={words.historyOf} onPress={() => filterHistory({ object: `Pod ${key}`, part: null })} /> : null}
    </div>
  );
}

export function NodeActions({ node }: { readonly node: NodeView }) {
  const words = faultWords(useLanguage());
  const view = useApp(clusterView);
  const faults = useFaults();
  const { name } = node;
  const hasDns = view?.pods.some((pod) => pod.nameServer && pod.node === name) === true;
  const off = faultAt(faults, name, 'node-lost');
  const [proxy, dns] = [faultAt(faults, name, 'proxy-stopped'), faultAt(faults, name, 'dns-stopped')];
  const others = (view?.nodes ?? []).filter((each) => each.name !== name);
  const press = (fault: Fault, inForce: Fault | null) => () => changeLive(toggled(inForce ?? fault, inForce !== null));
  return (
    <div className="card-actions">
      <h4>{words.act}</h4>
      <Act name={proxy === null ? words.stopProxy : words.startProxy} onPress={press({ kind: 'proxy-stopped', node: name }, proxy)} />
      {hasDns || dns !== null ? (
        <Act name={dns === null ? words.stopDns : words.startDns} onPress={press({ kind: 'dns-stopped', node: name }, dns)} />
      ) : null}
      <Act name={off === null ? words.switchOff : words.switchOn} onPress={press({ kind: 'node-lost', node: name }, off)} />
      {others.slice(0, 8).map((other) => (
        <Link key={other.name} a={name} b={other.name} faults={faults} words={words} />
      ))}
      <Act name={node.schedulable ? words.cordon : words.uncordon} onPress={() => changeLive(cordonOf(node))} />
      <Act
        name={words.drain}
        hint="kubectl drain --ignore-daemonsets --force"
        onPress={() => view !== null && changeLive(drainOf(node, view))}
      />
    </div>
  );
}

interface LinkProps {
  readonly a: string;
  readonly b: string;
  readonly faults: readonly Fault[];
  readonly words: FaultWords;
}

function Link({ a, b, faults, words }: LinkProps) {
  const cut = cutBetween(faults, a, b);
  const fault: Fault = cut ?? { kind: 'link-cut', nodes: [a, b] };
  return <Act name={cut === null ? words.cutLink(b) : words.joinLink(b)} onPress={() => changeLive(toggled(fault, cut !== null))} />;
}

interface ActProps {
  readonly name: string;
  readonly enabled?: boolean;
  readonly hint?: string;
  readonly onPress: () => void;
}

function Act({ name, enabled = true, hint, onPress }: ActProps) {
  return (
    <button type="button" className="card-act" disabled={!enabled} title={hint} onClick={onPress}>
      {name}
    </button>
  );
}
