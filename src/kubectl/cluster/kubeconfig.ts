// The kubeconfig of the student: one cluster, one user, one context, of which the namespace alone can change. And what shows it:
// `config view`, `current-context`, `get-contexts`, `get-clusters`, `get-users` (cmd/config).

import type { JsonMap } from '../../engine/index';
import { type Answer, misused, printed, refused } from '../answer';
import type { Call } from '../call';
import { printerOf } from '../output';
import { CONTEXT } from '../session';
import { tabbedText } from '../table';
import { serverUrl } from './address';

/** The file that it would be read from. */
export const KUBECONFIG = '/home/student/.kube/config';

/** The namespace that the context names: none while it is the one that is meant without a name. */
function namespaceOf({ contextNamespace }: Call): string {
  return contextNamespace === 'default' ? '' : contextNamespace;
}

/** As kubectl writes it. It has no certificates and no keys: nobody has to prove who they are here. */
function kubeconfig(call: Call): JsonMap {
  const namespace = namespaceOf(call);
  return {
    kind: 'Config',
    apiVersion: 'v1',
    clusters: [{ name: CONTEXT, cluster: { server: serverUrl(call.server.objects) } }],
    users: [{ name: CONTEXT, user: {} }],
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, ...(namespace === '' ? {} : { namespace }), user: CONTEXT } }],
    'current-context': CONTEXT,
  };
}

const FORMATS = 'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml';

export function view(call: Call): Answer {
  const { flags, words, command } = call;
  if (words.length > 0) return misused(command.path, `unexpected arguments: [${words.join(' ')}]`);
  const given = flags.one('output') ?? flags.one('template') ?? '';
  const printer = printerOf(given === '' ? { ...call, flags: { ...flags, one: asYaml(flags.one) } } : call, FORMATS);
  if (printer === null || 'problem' in printer) return refused(printer?.problem ?? '');
  if (!flags.isOn('merge')) return refused('if merge==false a precise file must be specified');
  if (given === 'json') return printed(`${JSON.stringify(kubeconfig(call), null, 4)}\n`);
  const { text, problem } = printer(kubeconfig(call));
  return problem === null ? printed(text) : { ...refused(problem), out: text };
}

function asYaml(one: Call['flags']['one']): Call['flags']['one'] {
  return (name) => (name === 'output' ? 'yaml' : one(name));
}

export function currentContext(): Answer {
  return printed(`${CONTEXT}\n`);
}

export function getContexts(call: Call): Answer {
  const { flags, words } = call;
  const output = flags.one('output') ?? '';
  if (!['', 'name'].includes(output))
    return refused(`--output ${output} is not available in kubectl config get-contexts; resetting to default output format`);
  const missing = words.filter((name) => name !== CONTEXT);
  const shown = words.length === 0 || words.includes(CONTEXT);
  const row = output === 'name' ? [CONTEXT] : ['*', CONTEXT, CONTEXT, CONTEXT, namespaceOf(call)];
  const header = output === 'name' || flags.isOn('no-headers') ? [] : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE']];
  const out = tabbedText([...header, ...(shown ? [row] : [])]);
  const problems = [...new Set(missing)].map((name) => `context ${name} not found`);
  if (problems.length === 0) return printed(out);
  // Several errors are told without the word (MultilineError).
  const err = problems.map((problem) => `${problems.length === 1 ? 'error: ' : ''}${problem}\n`);
  return { status: 1, out, err: err.join('') };
}

/** `get-clusters`, `get-users`: both have the one name. */
export function getNames(): Answer {
  return printed(`NAME\n${CONTEXT}\n`);
}
