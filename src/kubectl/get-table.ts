// Objects as the tables of `get`: the server's columns, with NAMESPACE before them and labels behind, as the flags ask.

import type { JsonMap, StoredObject } from '../engine/index';
import type { Call } from './call';
import { pairs } from './column';
import { columnsOf } from './columns';
import { at, isMap, textAt } from './fields';
import { prefixed, type Resource } from './kinds';
import { cellText } from './table';

export interface TableShape {
  readonly resource: Resource;
  /** NAME cells say the kind. */
  readonly withKind: boolean;
  readonly withNamespace: boolean;
  readonly withEvent: boolean;
}

export function tableHeader({ resource, withNamespace, withEvent }: TableShape, { flags }: Call): readonly string[] {
  return [
    ...(withEvent ? ['EVENT'] : []),
    ...(withNamespace ? ['NAMESPACE'] : []),
    ...shownColumns(resource, flags.one('output') === 'wide').map(({ name }) => name),
    ...flags.all('label-columns').map((label) => (label.split('/').at(-1) ?? '').toUpperCase()),
    ...(flags.isOn('show-labels') ? ['LABELS'] : []),
  ];
}

export function tableRow(
  object: StoredObject,
  { resource, withKind, withNamespace, withEvent }: TableShape,
  { call, event }: RowContext,
): readonly string[] {
  const { flags, server } = call;
  const wide = flags.one('output') === 'wide';
  const cells = shownColumns(resource, wide).map(({ name, cell }) => {
    const text = cell(object.json, { wide, now: server.now });
    return cellText(withKind && name === 'NAME' ? prefixed(resource, text) : text);
  });
  return [
    ...(withEvent ? [event] : []),
    ...(withNamespace ? [object.namespace ?? ''] : []),
    ...cells,
    ...flags.all('label-columns').map((label) => labelOf(object.json, label)),
    ...(flags.isOn('show-labels') ? [pairs(object.labels)] : []),
  ];
}

export interface RowContext {
  readonly call: Call;
  /** What happened to it, for `--output-watch-events`. */
  readonly event: string;
}

function shownColumns(resource: Resource, wide: boolean): ReturnType<typeof columnsOf> {
  return columnsOf(resource).filter((column) => wide || column.wide !== true);
}

function labelOf(json: JsonMap, label: string): string {
  const labels = at(json, 'metadata', 'labels');
  return isMap(labels) && Object.hasOwn(labels, label) ? textAt(labels, label) : '<none>';
}
