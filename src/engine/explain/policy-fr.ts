// Français : ce que les NetworkPolicies laissent passer, et ce qu’elles arrêtent.

import type { EndFact } from './end-fact';
import type { HookFact } from './hook-fact';
import type { Misfit, PolicyLeave, TriedRule } from './policy-fact';
import type { Wording } from './wording';
import { list, of, place, times } from './words-fr';

type Dropped = Extract<EndFact, { readonly code: 'dropped-by-network-policy' }>;
type Accepted = Extract<HookFact, { readonly code: 'accepted-by-network-policy' }>;
type Unpoliced = Extract<HookFact, { readonly code: 'accepted-unpoliced' }>;

export function dropped({ hook, here, source, destination, direction, pod, policies, tried }: Dropped): Wording {
  const side = direction === 'Ingress' ? 'en entrée' : 'en sortie';
  const isolated = `Le Pod ${pod} est isolé ${side} par ${policies.length === 1 ? 'la NetworkPolicy' : 'les NetworkPolicies'} ${list(policies)}`;
  const end = `${place(here)} jette le paquet de ${source.text} à ${destination.text} sans rien dire`;
  return [`${hook ?? ''} jeté`.trim(), `${isolated}, et ${reason(tried, direction)} : ${end}.`];
}

function reason(tried: readonly TriedRule[], direction: Dropped['direction']): string {
  if (tried.length === 0) return `aucune règle ${direction === 'Ingress' ? 'ingress' : 'egress'} n’y fait exception`;
  const rules =
    tried.length === 1
      ? 'la seule règle essayée ne convient pas'
      : `aucune des ${times(tried.length, 'règle essayée', 'règles essayées')} ne convient`;
  return `${rules} (${some(tried.map(({ path, failed }) => `${path} : ${MISFIT[failed]}`))})`;
}

const MISFIT: Readonly<Record<Misfit, string>> = {
  peer: 'autre pair',
  except: 'adresse exclue par except',
  protocol: 'autre protocole',
  port: 'autre port',
};

function some(items: readonly string[]): string {
  return items.length <= 3 ? items.join(' ; ') : `${items.slice(0, 3).join(' ; ')} ; et ${times(items.length - 3, 'autre')}`;
}

export function accepted({ hook, here, source, destination, leaves }: Accepted): Wording {
  return [
    `${hook} autorisé`,
    `Sur ${place(here)}, le paquet de ${source.text} à ${destination.text} passe : ${leaves.map(leave).join(', et ')}.`,
  ];
}

function leave({ direction, policy, path }: PolicyLeave): string {
  return `la NetworkPolicy ${policy} le laisse ${direction === 'Ingress' ? 'entrer' : 'sortir'} (${path})`;
}

export function unpoliced({ hook, here, source, destination }: Unpoliced): Wording {
  return [
    `${hook} autorisé`,
    `Aucune NetworkPolicy n’isole un Pod ${of(here)} à l’un ou l’autre bout du paquet de ${source.text} à ${destination.text} : la voie est libre.`,
  ];
}
