// What the API server answers when it refuses an object: 400 for what it cannot decode, 422 for what it can and does not allow. The rules
// are the engine's; here are the API server's own words (apimachinery's field.Error and validation, core's validation.go).

import type { Json, JsonMap, Refusal } from '../../engine/index';
import { isList, isMap, textAt } from '../fields';
import { sorted } from '../jsonpath';
import { groupOf } from './naming';
import type { Failure } from './progress';

/** `verb` and `source` for what came from a file: `error when creating "x.yaml": …`. What changes an object is a patch, but for `replacing`. */
export interface Sourced {
  readonly verb: string;
  readonly source: string;
}

export function refusalFailure(object: JsonMap, refusals: readonly Refusal[], sourced: Sourced | null): Failure {
  const kind = textAt(object, 'kind');
  const undecodable = refusals.filter(({ reason }) => ['unknown-field', 'wrong-type', 'not-a-quantity'].includes(reason));
  if (undecodable.length > 0) {
    const text = decodeText(object, undecodable);
    if (sourced !== null && sourced.verb !== 'patching')
      return { kind: 'server', reason: 'BadRequest', text: `${when(sourced)}${headOf(object)}${text}` };
    return {
      kind: 'plain',
      text: `The request is invalid: patch: Invalid value: ${JSON.stringify(JSON.stringify(sorted(object)))}: ${text}`,
    };
  }
  const causes = refusals.map((one) => `${one.field}: ${body(one, valueAt(object, one.path))}`);
  return { kind: 'invalid', object: { kind, group: groupOf(object), name: textAt(object, 'metadata', 'name') }, causes };
}

export function when(sourced: Sourced | null): string {
  return sourced === null ? '' : `error when ${sourced.verb} "${sourced.source}": `;
}

function headOf(object: JsonMap): string {
  const kind = textAt(object, 'kind');
  return `${kind} in version "${textAt(object, 'apiVersion').split('/').at(-1) ?? ''}" cannot be handled as a ${kind}: `;
}

function decodeText(object: JsonMap, refusals: readonly Refusal[]): string {
  const kind = textAt(object, 'kind');
  const unknown = refusals.filter(({ reason }) => reason === 'unknown-field').map(({ field }) => `unknown field "${field}"`);
  const [wrong] = refusals.filter(({ reason }) => reason !== 'unknown-field');
  if (wrong === undefined) return `strict decoding error: ${unknown.join(', ')}`;
  if (wrong.reason === 'not-a-quantity')
    return `quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`;
  const way = wrong.path.filter((part) => typeof part === 'string').join('.');
  return `json: cannot unmarshal ${jsonType(valueAt(object, wrong.path))} into Go struct field ${goStruct(kind, wrong.path)}.${way} of type ${goType(wrong)}`;
}

function jsonType(value: Json | undefined): string {
  if (isList(value)) return 'array';
  if (isMap(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const GO_STRUCTS: Readonly<Record<string, string>> = {
  metadata: 'ObjectMeta',
  containers: 'Container',
  initContainers: 'Container',
  template: 'PodTemplateSpec',
  env: 'EnvVar',
  volumes: 'Volume',
  selector: 'LabelSelector',
};

/** The innermost struct that the field belongs to. */
function goStruct(kind: string, path: Refusal['path']): string {
  const names = path.filter((part) => typeof part === 'string');
  const parent = names.at(-2);
  if (parent === undefined) return kind;
  if (parent === 'spec') return names.at(-3) === 'template' ? 'PodSpec' : `${kind}Spec`;
  if (parent === 'ports') return kind === 'Service' ? 'ServicePort' : 'ContainerPort';
  return GO_STRUCTS[parent] ?? `${parent[0]?.toUpperCase() ?? ''}${parent.slice(1)}`;
}

function goType({ allowed }: Refusal): string {
  const [type = 'string'] = allowed;
  const types: Readonly<Record<string, string>> = {
    number: 'int32',
    integer: 'int32',
    boolean: 'bool',
    array: '[]string',
    object: 'map[string]string',
  };
  return types[type] ?? type;
}

/** field.Error.ErrorBody. */
function body(refusal: Refusal, value: Json | undefined): string {
  const words = detail(refusal, value);
  const behind = words === '' ? '' : `: ${words}`;
  switch (refusal.kind) {
    case 'Required':
      return `Required value${behind}`;
    case 'Forbidden':
      return `Forbidden${behind}`;
    case 'TooLong':
      return `Too long: may not be more than ${refusal.allowed[0] ?? ''} bytes`;
    case 'TooMany':
      return `Too many: ${isList(value) ? value.length : ''}: must have at most ${refusal.allowed[0] ?? ''} items`;
    case 'Duplicate':
      return `Duplicate value: ${quoted(value)}`;
    case 'NotSupported':
      return `Unsupported value: ${quoted(value)}: supported values: ${refusal.allowed.map((word) => `"${word}"`).join(', ')}`;
    case 'Invalid':
      return `Invalid value: ${quoted(value)}${behind}`;
    default:
      return refusal.kind satisfies never;
  }
}

function quoted(value: Json | undefined): string {
  return value === undefined ? '""' : JSON.stringify(value);
}

const LABEL = "'[a-z0-9]([-a-z0-9]*[a-z0-9])?'";
const DETAILS: Partial<Readonly<Record<Refusal['reason'], string>>> = {
  missing: '',
  'port-name-needed': '',
  'not-dns-label': `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is ${LABEL})`,
  'not-service-name':
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
  'not-dns-subdomain':
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
  'not-label-key':
    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  'not-label-value':
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  'not-port-name': 'must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)',
  'not-a-port': 'must be between 1 and 65535, inclusive',
  'not-an-address': 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  'outside-node-port-range': 'provided port is not in the valid range. The range of valid ports is 30000-32767',
  'node-port-taken': 'provided port is already allocated',
  'selector-mismatch': '`selector` does not match template `labels`',
  'job-restart-policy': 'valid values: "OnFailure", "Never"',
};

/** The API server's words for a rule; empty where they are not known here. */
export function invalidWords(reason: Refusal['reason']): string {
  return DETAILS[reason] ?? '';
}

/** The API server's words where they are known here, the page's own otherwise. */
function detail({ reason, allowed, path, message }: Refusal, value: Json | undefined): string {
  if (reason === 'missing' && path.join('.') === 'metadata.name') return 'name or generateName is required';
  if (reason === 'out-of-bounds') {
    const [least = '0', most] = allowed;
    return most === undefined || most === '∞'
      ? `must be greater than or equal to ${least}`
      : `must be between ${least} and ${most}, inclusive`;
  }
  if (reason === 'address-taken') return `failed to allocate IP ${String(value)}: provided IP is already allocated`;
  return DETAILS[reason] ?? message.en;
}

export function valueAt(object: Json, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, part) => (isList(value) ? value[Number(part)] : isMap(value) ? value[part] : undefined),
    object,
  );
}
