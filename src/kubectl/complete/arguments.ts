// What a command of kubectl can be given that is no flag: types and names of objects, `TYPE/NAME`, containers, contexts.

import { listAt, textAt } from '../fields';
import { CONTEXT } from '../session';
import { containersOf, type Known, namesOf, objectNamed, podOf, types } from './known';

/** Commands of which each takes some types only. The order is that of kubectl's own sources. */
const OF_TYPES: Readonly<Record<string, readonly string[]>> = {
  autoscale: ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'],
  expose: ['pod', 'service', 'replicationcontroller', 'deployment', 'replicaset'],
  'rollout history': ['deployment', 'daemonset', 'statefulset'],
  'rollout pause': ['deployment'],
  'rollout restart': ['deployment', 'daemonset', 'statefulset'],
  'rollout resume': ['deployment'],
  'rollout status': ['deployment', 'daemonset', 'statefulset'],
  'rollout undo': ['deployment', 'daemonset', 'statefulset'],
  scale: ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'],
  taint: ['node'],
};

/** Commands that take any type, then names of it. */
const OF_ANY_TYPE = [
  'annotate',
  'apply view-last-applied',
  'apply edit-last-applied',
  'delete',
  'describe',
  'edit',
  'get',
  'label',
  'patch',
  'set env',
  'set image',
  'set resources',
  'set selector',
  'set serviceaccount',
  'wait',
];

/** Commands that are about a Pod, or about the one behind something else. */
const OF_PODS = ['attach', 'debug', 'exec', 'logs', 'port-forward'];
const BEFORE_PODS = 'daemonsets deployments pods jobs replicasets replicationcontrollers services statefulsets'.split(' ');

const CAN_I = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** The words that may stand at the cursor. */
export function argumentsFor(known: Known): readonly string[] {
  const { command, words } = known;
  const name = command.path.join(' ');
  const own = Object.hasOwn(OF_TYPES, name) ? OF_TYPES[name] : OF_ANY_TYPE.includes(name) ? types(known) : undefined;
  if (own !== undefined) return typeThenNames(known, own);
  if (OF_PODS.includes(name)) return words.length === 0 ? aPod(known) : besideThePod(known);
  switch (name) {
    case 'cordon':
    case 'uncordon':
    case 'drain':
    case 'top node':
      return without(namesOf(known, 'nodes'), words);
    case 'top pod':
      return without(namesOf(known, 'pods'), words);
    case 'cp':
      return namesOf(known, 'pods').map((pod) => `${pod}:`);
    case 'explain':
      return words.length === 0 ? types(known) : [];
    case 'auth can-i':
      return words.length === 0 ? CAN_I : words.length === 1 ? types(known) : [];
    case 'completion':
      return words.length === 0 ? ['bash', 'fish', 'powershell', 'zsh'] : [];
    case 'certificate approve':
    case 'certificate deny':
      return without(namesOf(known, 'certificatesigningrequests'), words);
    case 'create token':
      return words.length === 0 ? namesOf(known, 'serviceaccounts') : [];
    default:
      return command.path[0] === 'config' ? ofConfig(name, words) : [];
  }
}

/** `TYPE NAME…`, `TYPE,TYPE`, `TYPE/NAME…`. */
function typeThenNames(known: Known, allowed: readonly string[]): readonly string[] {
  const { words, word } = known;
  const [type] = words;
  if (word.includes('/')) return slashed(known, word.slice(0, word.indexOf('/')));
  if (type === undefined) return allowed;
  if (type.includes('/')) return [...inContainer(known, type), ...allowed.map((one) => `${one}/`)];
  return [...without(namesOf(known, type), words.slice(1)), ...(words.length > 1 ? inContainer(known, `${type}/${words[1]}`) : [])];
}

function slashed(known: Known, type: string): readonly string[] {
  return without(
    namesOf(known, type).map((name) => `${type}/${name}`),
    known.words,
  );
}

/** `set image deployment/web CONTAINER=`. */
function inContainer(known: Known, object: string): readonly string[] {
  if (known.command.path.join(' ') !== 'set image') return [];
  const [type = '', name] = object.split('/');
  return containersOf(objectNamed(known, type, name)).map((container) => `${container}=`);
}

function aPod(known: Known): readonly string[] {
  const { word } = known;
  if (word.includes('/')) return slashed(known, word.slice(0, word.indexOf('/')));
  return [...namesOf(known, 'pods'), ...BEFORE_PODS.map((type) => `${type}/`)];
}

function besideThePod(known: Known): readonly string[] {
  const [verb] = known.command.path;
  if (verb === 'logs' && known.words.length === 1) return containersOf(podOf(known));
  return verb === 'port-forward' ? portsOf(known) : [];
}

function portsOf(known: Known): readonly string[] {
  const [target = ''] = known.words;
  const [type = 'pods', name] = target.includes('/') ? target.split('/') : ['pods', target];
  const object = objectNamed(known, type, name);
  const ports = listAt(object?.json, 'spec', 'ports').map((port) => textAt(port, 'port'));
  const listened = listAt(object?.json, 'spec', 'containers').flatMap((one) =>
    listAt(one, 'ports').map((port) => textAt(port, 'containerPort')),
  );
  return [...ports, ...listened].map((port) => `${port}:${port}`);
}

function ofConfig(name: string, words: readonly string[]): readonly string[] {
  const isNamed = ['use-context', 'set-context', 'delete-context', 'rename-context', 'get-contexts', 'set-cluster', 'delete-cluster'].some(
    (one) => name === `config ${one}`,
  );
  return isNamed && words.length === 0 ? [CONTEXT] : [];
}

function without(words: readonly string[], given: readonly string[]): readonly string[] {
  return words.filter((word) => !given.includes(word));
}
