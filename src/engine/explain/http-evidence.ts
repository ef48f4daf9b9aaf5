// The configuration of a proxy as evidence: one line a rule, in the order in which the proxy looks at them, and the addresses behind the one
// that took the request.

import type { HttpAction, HttpLocation } from '../linux/http-proxy';
import { formatSocket } from '../net/packet';
import { NO_PROVENANCE } from '../net/provenance';
import type { Misfit } from '../trace/http-route';
import type { StepOf } from '../trace/step';
import { ruleText } from './http-fact';
import type { Told } from './language';
import type { Evidence } from './told';

/** More rules than a reader looks through. */
const MOST = 40;

type Routed = StepOf<'http-routed'>;

export function httpEvidence(step: Routed): readonly Evidence[] {
  if (step.attempt > 1) return addressLines(step);
  return [...hostLines(step), ...ruleLines(step).slice(0, MOST), ...addressLines(step)];
}

function line(facts: Pick<Evidence, 'text' | 'group' | 'matched'> & Partial<Evidence>): Evidence {
  return { kind: 'ingress-rule', failed: null, note: null, provenance: NO_PROVENANCE, ...facts };
}

/** Servers for other hosts. */
function hostLines({ passedHosts, program }: Routed): readonly Evidence[] {
  const others = passedHosts.slice(0, MOST).map((host) => `host ${host === '' ? '*' : host}`);
  return others.map((text) => line({ text, group: program, matched: false, failed: text, note: OTHER_HOST }));
}

const OTHER_HOST: Told = { en: 'other host', fr: 'autre hôte' };

function ruleLines(step: Routed): readonly Evidence[] {
  const { location, passedOver, program } = step;
  const host = step.server?.host ?? '';
  const took =
    location === null ? [] : [line({ text: locationText(host, location), group: program, matched: true, provenance: location.provenance })];
  const passed = passedOver.map(({ location: other, failed }) =>
    line({
      text: locationText(host, other),
      group: program,
      // What would fit, and stands behind the one that took the request, is not looked at.
      matched: failed === null ? null : false,
      failed: failed === null ? null : ruleText(other),
      note: failed === null ? LESS_PRECISE : MISFITS[failed],
      provenance: other.provenance,
    }),
  );
  return [...took, ...passed];
}

const LESS_PRECISE: Told = { en: 'fits too, but comes later', fr: 'conviendrait aussi, mais vient après' };

const MISFITS: Readonly<Record<Misfit, Told>> = {
  path: { en: 'other path', fr: 'autre chemin' },
  method: { en: 'other method', fr: 'autre méthode' },
  header: { en: 'other header field', fr: 'autre en-tête' },
  query: { en: 'other parameter', fr: 'autre paramètre' },
};

/** `host shop.example path /api (Prefix) -> shop/api:80`. */
function locationText(host: string, location: HttpLocation): string {
  return `host ${host === '' ? '*' : host} path ${ruleText(location)} -> ${actionText(location.action)}`;
}

function actionText(action: HttpAction): string {
  if (action.kind === 'answer') return String(action.status);
  const shared = action.upstreams.length > 1;
  const names = action.upstreams.map(({ name, weight }) => (shared ? `${name} (weight ${weight})` : name));
  return names.length === 0 ? 'nobody' : names.join(', ');
}

/** The upstream that was drawn, and its addresses. */
function addressLines({ decision }: Routed): readonly Evidence[] {
  const { upstream } = decision;
  if (upstream === null) return [];
  const group = `upstream ${upstream.name}`;
  const common = { group, provenance: upstream.provenance };
  if (decision.kind === 'answered')
    return [line({ ...common, text: `${upstream.name} -> ${decision.status}`, matched: true, note: NOBODY })];
  const asked = formatSocket(decision.address);
  return upstream.addresses.map((address) => {
    const text = formatSocket(address);
    return line({ ...common, text: `server ${text}`, matched: text === asked ? true : null });
  });
}

const NOBODY: Told = { en: 'nobody behind it', fr: 'personne derrière' };
