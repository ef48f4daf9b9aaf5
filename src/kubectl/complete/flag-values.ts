// What a flag of kubectl can be set to, where that is a choice: namespaces, formats, containers, labels that objects carry, files.

import type { StoredObject } from '../../engine/index';
import type { Command, Flag } from '../command';
import { isMap, listAt, textAt } from '../fields';
import { resourcesNamed } from '../kinds';
import { ALL_FORMATS } from '../output';
import { CONTEXT } from '../session';
import { containersOf, type Known, namesOf, objectsOf, podOf } from './known';

/** Values that are the same wherever the flag is. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  cascade: ['background', 'foreground', 'orphan'],
  cluster: [CONTEXT],
  context: [CONTEXT],
  'dry-run': ['client', 'none', 'server'],
  'image-pull-policy': ['Always', 'IfNotPresent', 'Never'],
  'override-type': ['json', 'merge', 'strategic'],
  protocol: ['SCTP', 'TCP', 'UDP'],
  restart: ['Always', 'Never', 'OnFailure'],
  'session-affinity': ['ClientIP', 'None'],
  types: ['Normal', 'Warning'],
  user: [CONTEXT],
  validate: ['false', 'ignore', 'strict', 'true', 'warn'],
};

/** Values by the command. */
const CHOICES_OF: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  expose: { type: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'] },
  patch: { type: ['json', 'merge', 'strategic'] },
  wait: { for: ['condition=', 'create', 'delete', 'jsonpath='] },
  debug: { profile: ['baseline', 'general', 'legacy', 'netadmin', 'restricted', 'sysadmin'] },
  'top pod': { 'sort-by': ['cpu', 'memory'] },
  'top node': { 'sort-by': ['cpu', 'memory'] },
};

/** Formats of commands that know fewer than `get`. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'api-resources': ['json', 'name', 'wide', 'yaml'],
  'config get-contexts': ['name'],
  'config view': ['json', 'yaml'],
  delete: ['name'],
  version: ['json', 'yaml'],
};

export function valuesOf(flag: Flag | null, known: Known): readonly string[] {
  if (flag === null) return [];
  const name = known.command.path.join(' ');
  const own = Object.hasOwn(CHOICES_OF, name) ? CHOICES_OF[name] : undefined;
  if (own !== undefined && Object.hasOwn(own, flag.long)) return own[flag.long] ?? [];
  if (flag.type !== 'switch' && Object.hasOwn(CHOICES, flag.long)) return CHOICES[flag.long] ?? [];
  switch (flag.long) {
    case 'namespace':
      return namesOf(known, 'namespaces');
    case 'output':
      return formatsOf(known.command);
    case 'container':
    case 'target':
      return containersOf(podOf(known));
    case 'filename':
    case 'patch-file':
      return known.files;
    case 'selector':
      return labelsOf(chosen(known));
    case 'label-columns':
      return [...new Set(chosen(known).flatMap(({ labels }) => Object.keys(labels)))];
    case 'for':
      return ['pod/', 'deployment/', 'service/', 'node/'];
    case 'image':
      return imagesOf(known.session.server.objects);
    default:
      return [];
  }
}

/** A format that needs more goes on behind its `=`. */
function formatsOf({ path }: Command): readonly string[] {
  const name = path.join(' ');
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name] ?? [];
  const all = ALL_FORMATS.split(',').map((format) => (/template|jsonpath|custom-columns/.test(format) ? `${format}=` : format));
  return name === 'get' ? all : all.filter((format) => format !== 'wide' && !format.startsWith('custom-columns'));
}

/** The objects that the command is about: those of its type, else the Pods. */
function chosen(known: Known): readonly StoredObject[] {
  const types = (known.words[0] ?? 'pods').replace(/\/.*$/, '').split(',');
  return types.flatMap((type) => resourcesNamed(type, known.session.server.objects)).flatMap((resource) => objectsOf(known, resource));
}

function labelsOf(objects: readonly StoredObject[]): readonly string[] {
  return objects.flatMap(({ labels }) => Object.entries(labels).map(([key, value]) => `${key}=${value}`));
}

function imagesOf(objects: readonly StoredObject[]): readonly string[] {
  const pods = objects.filter(({ kind, json }) => kind === 'Pod' && isMap(json));
  return pods.flatMap(({ json }) => listAt(json, 'spec', 'containers').map((one) => textAt(one, 'image')));
}
