// The volumes of a Pod or of a template. Left out: those of particular clouds and storage systems, which are told by their kind alone.

import { canonicalQuantity, type Json } from '../../engine/index';
import { at, isMap, listAt, textAt } from '../fields';
import type { Page } from './page';

export function describeVolumes(page: Page, volumes: readonly Json[], space: '' | '  '): void {
  if (volumes.length === 0) {
    page.line(0, `${space}Volumes:`, '<none>');
    return;
  }
  page.line(0, `${space}Volumes:`);
  for (const volume of volumes) {
    page.line(1, `${space === '' ? '' : ' '}${textAt(volume, 'name')}:`);
    const source = isMap(volume) ? Object.keys(volume).find((key) => key !== 'name') : undefined;
    const lines = linesOf(source ?? '', at(volume, source ?? ''));
    for (const cells of lines) page.line(2, ...cells);
  }
}

type Lines = readonly (readonly string[])[];

function linesOf(source: string, json: Json | undefined): Lines {
  const optional = ['Optional:', String(at(json, 'optional') === true)];
  switch (source) {
    case 'hostPath':
      return [
        ['Type:', 'HostPath (bare host directory volume)'],
        ['Path:', textAt(json, 'path')],
        ['HostPathType:', textAt(json, 'type')],
      ];
    case '':
    case 'emptyDir': {
      const limit = textAt(json, 'sizeLimit');
      return [
        ['Type:', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
        ['Medium:', textAt(json, 'medium')],
        ['SizeLimit:', limit === '' ? '<unset>' : canonicalQuantity(limit)],
      ];
    }
    case 'secret':
      return [['Type:', 'Secret (a volume populated by a Secret)'], ['SecretName:', textAt(json, 'secretName')], optional];
    case 'configMap':
      return [['Type:', 'ConfigMap (a volume populated by a ConfigMap)'], ['Name:', textAt(json, 'name')], optional];
    case 'projected':
      return [
        ['Type:', 'Projected (a volume that contains injected data from multiple sources)'],
        ...listAt(json, 'sources').flatMap(projected),
      ];
    case 'nfs':
      return [
        ['Type:', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
        ['Server:', textAt(json, 'server')],
        ['Path:', textAt(json, 'path')],
        ['ReadOnly:', String(at(json, 'readOnly') === true)],
      ];
    case 'persistentVolumeClaim':
      return [
        ['Type:', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
        ['ClaimName:', textAt(json, 'claimName')],
        ['ReadOnly:', String(at(json, 'readOnly') === true)],
      ];
    case 'downwardAPI':
      return [
        ['Type:', 'DownwardAPI (a volume populated by information about the pod)'],
        ['Items:'],
        ...listAt(json, 'items').map(downward),
      ];
    default:
      return [['Type:', source]];
  }
}

function projected(source: Json): Lines {
  const [secret, configMap] = [at(source, 'secret'), at(source, 'configMap')];
  const named = (title: string, ref: Json): Lines => [
    [`${title}:`, textAt(ref, 'name')],
    ['Optional:', String(at(ref, 'optional') === true)],
  ];
  if (secret !== undefined) return named('SecretName', secret);
  if (configMap !== undefined) return named('ConfigMapName', configMap);
  if (at(source, 'downwardAPI') !== undefined) return [['DownwardAPI:', 'true']];
  return [['TokenExpirationSeconds:', textAt(source, 'serviceAccountToken', 'expirationSeconds') || '3600']];
}

function downward(item: Json): readonly string[] {
  const from = textAt(item, 'fieldRef', 'fieldPath') || textAt(item, 'resourceFieldRef', 'resource');
  return [`  ${from} -> ${textAt(item, 'path')}`];
}
