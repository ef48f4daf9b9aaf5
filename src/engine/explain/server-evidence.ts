// A virtual server as `ipvsadm -Ln` lists it, with the real servers behind it: the one that was chosen, and what the others' chances were.

import type { Scheduled } from '../linux/ipvs';
import { formatRealServer, formatVirtualServer, sortedByAddress } from '../linux/ipvsadm';
import type { Loaded } from '../linux/scheduler';
import { unreachable } from '../net/unreachable';
import type { Told } from './language';
import type { Evidence } from './told';

export function serverEvidence(scheduled: Scheduled): readonly Evidence[] {
  const { server, candidates } = scheduled;
  const common = { kind: 'ipvs', group: 'ipvsadm -Ln', failed: null } as const;
  const head: Evidence = {
    ...common,
    text: formatVirtualServer(server),
    matched: true,
    note: candidates.length === 0 ? { en: 'nobody behind it', fr: 'personne derrière' } : null,
    provenance: server.provenance,
  };
  const behind = sortedByAddress(candidates).map(
    (one): Evidence => ({
      ...common,
      text: formatRealServer(one),
      matched: one.real === scheduled.real ? true : null,
      note: one.real === scheduled.real ? chosen(scheduled, one) : passed(scheduled, one),
      provenance: one.real.provenance,
    }),
  );
  return [head, ...behind];
}

function chosen({ server, how }: Scheduled, { active, inactive }: Loaded): Told | null {
  if (how.kind === 'remembered') return { en: 'remembered for this client', fr: 'retenu pour ce client' };
  if (how.among === 1) return null;
  switch (server.scheduler) {
    case 'rr':
    case 'wrr':
      return { en: 'its turn', fr: 'son tour' };
    case 'lc':
    case 'wlc':
      return { en: `fewest connections: ${active + inactive}`, fr: `le moins de connexions\u00a0: ${active + inactive}` };
    case 'sed':
    case 'nq':
      return { en: `fewest open: ${active}`, fr: `le moins d’ouvertes\u00a0: ${active}` };
    case 'lblc':
    case 'lblcr':
      return { en: 'kept for this address', fr: 'gardé pour cette adresse' };
    case 'sh':
    case 'dh':
    case 'mh':
      return { en: 'the hash leads here', fr: 'désigné par le hachage' };
    default:
      return unreachable(server.scheduler);
  }
}

function passed({ server, how }: Scheduled, { active, inactive, real }: Loaded): Told {
  if (how.kind === 'remembered') return { en: 'not asked', fr: 'non consulté' };
  if (real.weight === 0) return { en: 'weight 0', fr: 'poids 0' };
  switch (server.scheduler) {
    case 'rr':
    case 'wrr':
      return { en: `1 connection in ${how.among}`, fr: `1 connexion sur ${how.among}` };
    case 'lc':
    case 'wlc':
      return { en: `connections: ${active + inactive}`, fr: `connexions\u00a0: ${active + inactive}` };
    case 'sed':
    case 'nq':
      return { en: `open: ${active}`, fr: `ouvertes\u00a0: ${active}` };
    case 'lblc':
    case 'lblcr':
      return { en: 'for other addresses', fr: 'pour d’autres adresses' };
    case 'sh':
    case 'dh':
      return { en: 'for other hashes', fr: 'pour d’autres hachages' };
    case 'mh':
      return { en: `1 chance in ${how.among}`, fr: `1 chance sur ${how.among}` };
    default:
      return unreachable(server.scheduler);
  }
}
