// What changes the kubeconfig (cmd/config). Its one context keeps its name, cluster and user: only its namespace can be set. What would add
// or take away a cluster, a user or a context is checked as the real tool does it, and then says that it is not simulated.

import { type Answer, misused, notSimulated, printed, refused } from '../answer';
import type { Call } from '../call';
import { helpText } from '../help';
import { CONTEXT } from '../session';
import { KUBECONFIG } from './kubeconfig';

export function useContext(call: Call): Answer {
  const { words } = call;
  const [name = ''] = words;
  if (words.length !== 1) return unexpected(call);
  if (name === '') return refused('empty context names are not allowed');
  return name === CONTEXT ? printed(`Switched to context "${name}".\n`) : refused(`no context exists with the name: "${name}"`);
}

/** `set-context --current --namespace=shop`: from here on objects are looked for there. */
export function setContext(call: Call): Answer {
  const { flags, words } = call;
  const [name = ''] = words;
  const isCurrent = flags.isOn('current');
  if (words.length > 1) return unexpected(call);
  if (name === '' && !isCurrent) return refused('you must specify a non-empty context name or --current');
  if (name !== '' && isCurrent) return refused('you cannot specify both a context name and --current');
  const isOther = (flag: string) => ![undefined, CONTEXT].includes(flags.one(flag));
  if ((name !== '' && name !== CONTEXT) || isOther('cluster') || isOther('user')) return onlyOne(call);
  const namespace = flags.one('namespace');
  const answer = printed(`Context "${CONTEXT}" modified.\n`);
  return namespace === undefined ? answer : { ...answer, namespace: namespace || 'default' };
}

/** `config set contexts.NAME.namespace shop`. */
export function setProperty(call: Call): Answer {
  const [property = '', value = ''] = call.words;
  if (call.words.length !== 2) return unexpected(call);
  const answer = printed(`Property "${property}" set.\n`);
  if (property === `contexts.${CONTEXT}.namespace`) return { ...answer, namespace: value || 'default' };
  return property === 'current-context' && value === CONTEXT ? answer : onlyOne(call);
}

export function unsetProperty(call: Call): Answer {
  const [property = ''] = call.words;
  if (call.words.length !== 1) return unexpected(call);
  if (property === '') return refused('you must specify a property');
  if (property !== `contexts.${CONTEXT}.namespace`) return onlyOne(call);
  return { ...printed(`Property "${property}" unset.\n`), namespace: 'default' };
}

export function renameContext(call: Call): Answer {
  const [name = '', wanted = ''] = call.words;
  if (call.words.length !== 2) return unexpected(call);
  if (wanted === '') return refused('You must specify a new non-empty context name');
  if (name !== CONTEXT) return refused(`cannot rename the context "${name}", it's not in ${KUBECONFIG}`);
  if (wanted !== CONTEXT) return onlyOne(call);
  return refused(`cannot rename the context "${name}", the context "${wanted}" already exists in ${KUBECONFIG}`);
}

/** `delete-cluster`, `delete-context`, `delete-user`. */
export function deleteNamed(call: Call): Answer {
  const { words, command } = call;
  const noun = command.path.at(-1)?.replace('delete-', '') ?? '';
  const [name = ''] = words;
  if (words.length !== 1) return noun === 'user' ? misused(command.path, 'user to delete is required') : printed(helpText(command));
  return name === CONTEXT ? onlyOne(call) : refused(`cannot delete ${noun} ${name}, not in ${KUBECONFIG}`);
}

/** `set-cluster`, `set-credentials`. */
export function setNamed(call: Call): Answer {
  return call.words.length === 1 ? onlyOne(call) : unexpected(call);
}

/** The help on standard output, and the error (helpErrorf). */
function unexpected({ words, command }: Call): Answer {
  const isCredentials = command.path.at(-1) === 'set-credentials';
  const { err, status } = refused(`${isCredentials ? 'u' : 'U'}nexpected args: [${words.join(' ')}]`);
  return { status, err, out: helpText(command) };
}

function onlyOne({ command }: Call): Answer {
  const { err, ...answer } = notSimulated(`kubectl ${command.path.join(' ')}`);
  return { ...answer, err: `${err.trimEnd()}: there is one context, "${CONTEXT}", with one cluster and one user\n` };
}
