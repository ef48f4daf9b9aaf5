// The scenario, kept in the browser at every change and found again at the next visit.

import { fieldsOf, parsed } from './kept-json';
import type { Scenario } from './state';
import { keep, kept } from './storage';

const KEY = 'kubehop.scenario';

/** Whether a text may hold a Secret, which is never kept: a quick look, the engine's is thorough. */
export function mayNameSecrets(text: string): boolean {
  return /\bSecret(?:List)?\b/.test(text);
}

/** Of a text that names Secrets, only what the engine has cleared. */
export function keepScenario(scenario: Scenario): boolean {
  return keep(KEY, JSON.stringify(scenario));
}

/** The scenario of the last visit; null where there is none that can be read. */
export function keptScenario(): Scenario | null {
  const text = kept(KEY);
  return text === null ? null : readScenario(text);
}

/** The scenario that a stored text describes; null where a part of it is missing or of the wrong kind. */
export function readScenario(text: string): Scenario | null {
  const value = fieldsOf(parsed(text));
  const request = fieldsOf(value.request);
  const { from, to, protocol, via } = {
    from: request.from,
    to: request.to,
    protocol: request.protocol,
    via: request.via ?? null,
  };
  const { sample, seed } = { sample: value.sample ?? null, seed: value.seed };
  if (typeof value.text !== 'string' || typeof from !== 'string' || typeof to !== 'string') return null;
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP' && protocol !== 'ICMP') return null;
  if (via !== null && typeof via !== 'string') return null;
  if (sample !== null && typeof sample !== 'string') return null;
  return {
    sample,
    text: value.text,
    request: { from, to, protocol, via },
    seed: typeof seed === 'number' && Number.isSafeInteger(seed) ? seed : 1,
  };
}
