// What names, labels, ports and addresses look like (apimachinery/pkg/util/validation). Each predicate says whether a text is one.

import { cidr, contains } from '../net/cidr';
import { type Ip, parseIp } from '../net/ip';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** RFC 1123 label: 63 lower-case characters. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && new RegExp(`^${LABEL}$`).test(text);
}

/** RFC 1035 label: begins with a letter. */
export function isServiceName(text: string): boolean {
  return isDnsLabel(text) && /^[a-z]/.test(text);
}

export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && new RegExp(`^${LABEL}(\\.${LABEL})*$`).test(text);
}

/** A subdomain whose first label is `*`. */
export function isWildcardSubdomain(text: string): boolean {
  return text.length <= 253 && new RegExp(`^\\*(\\.${LABEL})+$`).test(text);
}

/** A part of a URL, such as the name of a role: `system:coredns`. */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && !/[/%]/.test(text);
}

const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** `app`, `example.com/app`. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  const prefixed = parts.length === 2 && isDnsSubdomain(parts[0] ?? '');
  return (parts.length === 1 || prefixed) && name.length <= 63 && QUALIFIED.test(name);
}

export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && QUALIFIED.test(text));
}

/** The name of a container port: 15 characters, a letter among them (IANA_SVC_NAME). */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text) && /[a-z]/.test(text) && !text.includes('--');
}

export function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

const SPECIAL = ['0.0.0.0/32', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/24', '::/128', '::1/128', 'fe80::/10', 'ff02::/16'].map(cidr);

/** Unspecified, loopback, link-local and link-local multicast addresses: no endpoint can have one. */
export function isSpecialAddress(address: Ip): boolean {
  return SPECIAL.some((range) => contains(range, address));
}

export function isAddress(text: string): boolean {
  return parseIp(text) !== null;
}
