// Host names with a wildcard in front, as HTTP servers are named: `*.example` is for what lies below example, never for example itself.

/** What `*.` stands for: one label (Ingress), or one and more (Gateway API). */
export type Wildcard = 'one-label' | 'labels';

/** Whether the pattern stands for the host; an empty one stands for all. */
export function fitsHost(pattern: string, host: string, wildcard: Wildcard): boolean {
  if (pattern === '' || pattern === host) return true;
  if (!pattern.startsWith('*.') || !host.endsWith(pattern.slice(1))) return false;
  const labels = host.slice(0, 1 - pattern.length);
  return labels !== '' && (wildcard === 'labels' || !labels.includes('.'));
}

/** Precise names first, then wildcards, then the one for all; of two wildcards the longer. */
export function compareHosts(a: string, b: string): number {
  return rank(a) - rank(b) || b.length - a.length || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(pattern: string): number {
  return pattern === '' ? 2 : pattern.startsWith('*.') ? 1 : 0;
}

/** The hosts that both patterns stand for, as a pattern; null where there are none. */
export function commonHosts(a: string, b: string): string | null {
  if (a === '' || a === b) return b;
  if (b === '') return a;
  if (!a.startsWith('*.')) return fitsHost(b, a, 'labels') ? a : null;
  if (!b.startsWith('*.')) return fitsHost(a, b, 'labels') ? b : null;
  if (a.endsWith(b.slice(1))) return a;
  return b.endsWith(a.slice(1)) ? b : null;
}
