// Commands that need what is not here: files of the student's machine and of containers, plugins, a shell to load completion into. Their
// words are checked as the real tool checks them.

import { type Answer, misused, notSimulated, printed, refused } from '../answer';
import type { Call } from '../call';
import { resourcesNamed } from '../kinds';
import { notFound } from '../resolve';

const SHELLS = ['bash', 'fish', 'powershell', 'zsh'];

/** The terminal completes words by itself: a script that does nothing can be loaded, as courses do, without harm. */
export function completion({ words, command }: Call): Answer {
  const [shell] = words;
  if (shell === undefined) return misused(command.path, 'Shell not specified.');
  if (words.length > 1) return misused(command.path, 'Too many arguments. Expected only the shell type.');
  if (!SHELLS.includes(shell)) return misused(command.path, `Unsupported shell type "${shell}".`);
  return printed('# The terminal completes the words of kubectl without a script.\n');
}

export function pluginList(): Answer {
  return refused('unable to find any kubectl plugins in your PATH');
}

export function copy({ words, read }: Call): Answer {
  const [from = '', to = ''] = words;
  if (words.length !== 2) return refused('source and destination are required');
  const [source, target] = [fileSpec(from), fileSpec(to)];
  if (source === null || target === null) return refused('filespec must match the canonical format: [[namespace/]pod:]file/path');
  if (source.isInPod && target.isInPod) return refused('one of src or dest must be a local file specification');
  if (source.file === '' || target.file === '') return refused('filepath can not be empty');
  if (!source.isInPod && !target.isInPod) return refused('one of src or dest must be a remote file specification');
  if (target.isInPod && read(source.file) === null) return refused(`${source.file} doesn't exist in local filesystem`);
  return notSimulated('kubectl cp');
}

/** `[[namespace/]pod:]path`; what begins with a dot, a slash or a drive is a path of this machine. */
function fileSpec(word: string): { readonly isInPod: boolean; readonly file: string } | null {
  const colon = word.indexOf(':');
  if (colon === 0) return null;
  const pod = word.slice(0, Math.max(colon, 0));
  if (colon < 0 || pod.startsWith('.') || pod.startsWith('/')) return { isInPod: false, file: word };
  return pod.split('/').length > 2 ? null : { isInPod: true, file: word.slice(colon + 1) };
}

export function kustomize({ words: [directory = '.', ...more], read }: Call): Answer {
  if (more.length > 0) return refused('specify one path to kustomization.yaml');
  const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
  if (names.some((name) => read(`${directory}/${name}`) !== null)) return notSimulated('kubectl kustomize');
  return refused(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${directory}'`);
}

/** `certificate approve` and `deny`: kubelets' certificates are no part of the simulation, so there is nothing to decide. */
export function decideCertificate({ words, flags, server, command }: Call): Answer {
  if (words.length === 0 && flags.all('filename').length === 0 && flags.one('kustomize') === undefined)
    return refused('one or more CSRs must be specified as <name> or -f <filename>');
  const [resource] = resourcesNamed('certificatesigningrequests');
  const missing = words.filter((name) => !server.objects.some((one) => one.kind === resource?.kind && one.name === name));
  if (resource === undefined || missing.length === 0) return notSimulated(`kubectl ${command.path.join(' ')}`);
  return { status: 1, out: '', err: missing.map((name) => `${notFound(resource, name)}\n`).join('') };
}
