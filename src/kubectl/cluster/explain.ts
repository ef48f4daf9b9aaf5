// `kubectl explain`: the fields of a type, with their types, and what they are for (pkg/explain/v2 of kubectl, its template `plaintext`).
// The shape is the one that objects are checked against; the words are our own, and not every field has some (explain-words.ts).

import { kindShape, type Schema, type Shape, shapeOf } from '../../engine/index';
import { type Answer, notSimulated, printed, refused } from '../answer';
import type { Call } from '../call';
import { type Resource, resourcesNamed, resourcesWith } from '../kinds';
import { apiVersionOf } from './api-resources';
import { definitionWords, fieldWords } from './explain-words';
import { wrapped } from './wrapped';

export function explain({ words, flags, server }: Call): Answer {
  const [asked] = words;
  if (asked === undefined)
    return refused(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  if (words.length > 1) return refused('We accept only this format: explain RESOURCE');
  if (/[[\]{}*]/.test(asked)) return refused('invalid jsonpath syntax, first node must be field node');
  const [type = '', ...rest] = asked.replace(/\.$/, '').split('.');
  const [named] = type === 'all' ? [] : resourcesNamed(type, server.objects);
  if (named === undefined) return { status: 1, out: '', err: `the server doesn't have a resource type "${type}"\n` };
  const output = flags.one('output') ?? 'plaintext';
  if (output === 'plaintext-openapiv2') return notSimulated('kubectl explain -o plaintext-openapiv2');
  const version = flags.one('api-version') ?? '';
  const resource = version === '' ? longest(named, asked, resourcesWith(server.objects)) : { ...named, ...groupVersion(version) };
  const path = version === '' ? withoutGroup(resource, asked, rest) : rest;
  const isServed = resourcesWith(server.objects).some((one) => apiVersionOf(one) === apiVersionOf(resource));
  if (!isServed) return refused(`couldn't find resource for "${resource.group}/${resource.version}, Resource=${resource.plural}"`);
  if (output !== 'plaintext') return refused(`unrecognized format: ${output}`);
  return explained(resource, path, flags.isOn('recursive'));
}

function groupVersion(written: string): { readonly group: string; readonly version: string } {
  const [group = '', version] = written.split('/');
  return version === undefined ? { group: '', version: group } : { group, version };
}

/** Of several types with the name that one whose group is written too: `events.events.k8s.io.reason`. */
function longest(named: Resource, asked: string, all: readonly Resource[]): Resource {
  const full = all.find((one) => one.plural === named.plural && one.group !== '' && asked.startsWith(`${one.plural}.${one.group}`));
  return full ?? named;
}

/** The fields behind the type, and behind its group where that is written (SplitAndParseResourceRequestWithMatchingPrefix). */
function withoutGroup({ plural, group }: Resource, asked: string, rest: readonly string[]): readonly string[] {
  const full = `${plural}.${group}`;
  if (group === '' || !asked.startsWith(full)) return rest;
  return asked
    .slice(full.length)
    .split('.')
    .filter((word) => word !== '');
}

function explained(resource: Resource, path: readonly string[], isRecursive: boolean): Answer {
  const shape = kindShape(apiVersionOf(resource), resource.kind);
  if (shape === null) return notSimulated(`kubectl explain ${resource.plural}`);
  const group = resource.group === '' ? '' : `GROUP:      ${resource.group}\n`;
  const head = `${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`;
  const found = at(shape, path);
  // The head is written before the field is looked for.
  if (found === null) return { ...refused(`field "${path.at(-1) ?? ''}" does not exist`), out: head };
  const field = path.length === 0 ? '' : fieldHead(path.at(-1) ?? '', found.shape);
  const about = `DESCRIPTION:\n${indented(wrapped(described(found), 76), 4)}\n`;
  const list = fieldList({ shape: found.shape, level: 1, isRecursive, above: [] });
  return printed(`${head}${field}${about}${list === '' ? '' : `FIELDS:\n${list}`}\n`);
}

interface Place {
  readonly shape: Shape;
  /** The definition in which it is a field, and its name there; null for the whole object. */
  readonly field: { readonly within: string; readonly name: string } | null;
}

/** Follows names; lists and maps are passed through. */
function at(shape: Shape, [name, ...rest]: readonly string[], field: Place['field'] = null): Place | null {
  if (name === undefined) return { shape, field };
  const inner = contents(shape);
  const found = inner.fields.find((one) => one.name === name);
  return found === undefined ? null : at(shapeOf(found.schema), rest, { within: inner.definition ?? '', name });
}

/** What a list or a map has in it, in the end. */
function contents(shape: Shape): Shape {
  const inner = shape.items ?? shape.values;
  return inner === null ? shape : contents(shapeOf(inner));
}

function fieldHead(name: string, shape: Shape): string {
  const words = shape.words.length === 0 ? '' : `ENUM:${shape.words.map((word) => `\n    ${word === '' ? '""' : word}`).join('')}`;
  return `FIELD: ${name} <${typeName(shape)}>\n${words}\n\n`;
}

/** What is said of the field, and of what it holds. */
function described({ shape, field }: Place): string {
  const own = field === null ? '' : fieldWords(field.within, field.name);
  const texts = [own, definitionWords(contents(shape).definition)].filter((text) => text !== '');
  return texts.length === 0 ? '<empty>' : `${texts.join('\n')}\n`;
}

interface Listed {
  readonly shape: Shape;
  readonly level: number;
  readonly isRecursive: boolean;
  /** The definitions that it is part of: none is listed within itself. */
  readonly above: readonly string[];
}

function fieldList({ shape, level, isRecursive, above }: Listed): string {
  const inner = contents(shape);
  if (inner.definition !== null && above.includes(inner.definition)) return '';
  const within = [...above, ...(inner.definition === null ? [] : [inner.definition])];
  const lines = inner.fields.map(({ name, isRequired, schema }) => {
    const held = shapeOf(schema);
    const line = fieldLine({ name, isRequired, shape: held, level });
    return isRecursive ? line + fieldList({ shape: held, level: level + 1, isRecursive, above: within }) : line + about(inner, name, level);
  });
  return lines.join('');
}

interface FieldLine {
  readonly name: string;
  readonly isRequired: boolean;
  readonly shape: Shape;
  readonly level: number;
}

/** At most four of the words that are allowed. */
function fieldLine({ name, isRequired, shape, level }: FieldLine): string {
  const pad = '  '.repeat(level);
  const shown = shape.words.slice(0, 4).map((word) => (word === '' ? '""' : word));
  const words = shown.length === 0 ? '' : `\n${pad}enum: ${[...shown, ...(shape.words.length > 4 ? ['....'] : [])].join(', ')}`;
  return `${pad}${name}\t<${typeName(shape)}>${isRequired ? ' -required-' : ''}${words}\n`;
}

function about({ definition }: Shape, name: string, level: number): string {
  const text = fieldWords(definition ?? '', name) || '<no description>';
  return `${indented(wrapped(text, 78 - 2 * level), 2 * level + 2)}\n\n`;
}

/** `[]Container`, `map[string]string`, `IntOrString`. */
function typeName({ definition, type, items, values }: Shape): string {
  if (items !== null) return `[]${typeNameOf(items)}`;
  if (values !== null) return `map[string]${typeNameOf(values)}`;
  if (definition !== null && (type === '' || type === 'object')) return definition.split('.').at(-1) ?? '';
  return type === '' || type === 'object' ? 'Object' : type;
}

function typeNameOf(schema: Schema): string {
  return typeName(shapeOf(schema));
}

function indented(text: string, by: number): string {
  const pad = ' '.repeat(by);
  return pad + text.replaceAll('\n', `\n${pad}`);
}
