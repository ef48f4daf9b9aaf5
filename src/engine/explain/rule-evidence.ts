// One rule that stood in the packet's way: its text as `iptables-save` prints it, the part that failed, and why in a few words.

import type { RuleRead } from '../linux/iptables';
import { formatMatch, formatRule } from '../linux/iptables-save';
import type { Match, Rule } from '../linux/netfilter';
import { formatCidr } from '../net/cidr';
import { formatSocket } from '../net/packet';
import { unreachable } from '../net/unreachable';
import type { Told } from './language';
import type { Evidence } from './told';

export function ruleEvidence({ table, chain, rule, result }: RuleRead): Evidence {
  const common = { kind: 'iptables-rule', text: formatRule(chain, rule), group: `${table} ${chain}`, provenance: rule.provenance } as const;
  switch (result.kind) {
    case 'matched':
      return { ...common, matched: true, failed: null, note: applied(rule, result.draw) };
    case 'passed-over':
      return { ...common, matched: false, failed: formatMatch(result.failed), note: drawn(result.draw, result.failed) };
    case 'unread':
      return { ...common, matched: null, failed: null, note: unread(rule) };
    default:
      return unreachable(result);
  }
}

function drawn(draw: number | null, failed: Match): Told {
  return failed.kind === 'statistic' && draw !== null ? inDraw(draw) : failure(failed);
}

function inDraw(draw: number): Told {
  const text = (Math.floor(draw * 100) / 100).toFixed(2);
  return { en: `draw ${text}`, fr: `tirage ${text.replace('.', ',')}` };
}

/** Why the condition did not hold. */
export function failure(match: Match): Told {
  switch (match.kind) {
    case 'source':
      return match.negated
        ? { en: `source in ${formatCidr(match.prefix)}`, fr: `source dans ${formatCidr(match.prefix)}` }
        : { en: 'other source', fr: 'autre source' };
    case 'destination':
      return match.negated
        ? { en: `address in ${formatCidr(match.prefix)}`, fr: `adresse dans ${formatCidr(match.prefix)}` }
        : { en: 'other address', fr: 'autre adresse' };
    case 'input':
      return match.negated
        ? { en: `came by ${match.device}`, fr: `entré par ${match.device}` }
        : { en: 'came another way', fr: 'entré par ailleurs' };
    case 'output':
      return match.negated
        ? { en: `leaves by ${match.device}`, fr: `sort par ${match.device}` }
        : { en: 'leaves another way', fr: 'sort par ailleurs' };
    case 'protocol':
      return { en: 'other protocol', fr: 'autre protocole' };
    case 'source-port':
      return { en: 'other source port', fr: 'autre port source' };
    case 'destination-port':
      return { en: 'other port', fr: 'autre port' };
    case 'source-type':
      return match.negated
        ? { en: 'source is this node', fr: 'la source est ce nœud' }
        : { en: 'source is not this node', fr: 'la source n’est pas ce nœud' };
    case 'destination-type':
      return match.negated
        ? { en: 'an address of this node', fr: 'adresse de ce nœud' }
        : { en: 'no address of this node', fr: 'pas une adresse de ce nœud' };
    case 'mark':
      return match.negated ? { en: 'the mark is set', fr: 'la marque est mise' } : { en: 'no such mark', fr: 'marque absente' };
    case 'connection-state':
      return { en: 'other connection state', fr: 'autre état de connexion' };
    case 'statistic':
      return { en: 'not drawn', fr: 'non tirée' };
    case 'recent-check':
      return { en: 'client not seen lately', fr: 'client non vu récemment' };
    case 'recent-set':
      return { en: 'not noted', fr: 'non noté' };
    case 'set':
      return match.negated
        ? { en: `listed in ${match.set}`, fr: `présente dans ${match.set}` }
        : { en: `not listed in ${match.set}`, fr: `absente de ${match.set}` };
    default:
      return unreachable(match);
  }
}

/** What the rule did; null where its text says it all. */
function applied({ target, matches }: Rule, draw: number | null): Told | null {
  if (draw !== null) return inDraw(draw);
  switch (target.kind) {
    case 'dnat':
      return {
        en: `destination becomes ${formatSocket(target.to)}`,
        fr: `destination réécrite : ${formatSocket(target.to)}`.replace(' :', '\u00a0:'),
      };
    case 'masquerade':
      return { en: 'source rewritten', fr: 'source réécrite' };
    case 'mark':
      return { en: 'marked', fr: 'marqué' };
    case 'reject':
      return { en: 'refused', fr: 'refusé' };
    case 'drop':
      return { en: 'thrown away', fr: 'jeté' };
    case 'accept':
      return { en: 'accepted', fr: 'accepté' };
    case 'return':
      return { en: 'back to the calling chain', fr: 'retour à la chaîne appelante' };
    case 'jump':
    case 'goto':
      return reason(matches);
    case 'none':
      return null;
    default:
      return unreachable(target);
  }
}

/** Why the packet is led into another chain. */
function reason(matches: readonly Match[]): Told | null {
  const kinds = new Set(matches.map(({ kind }) => kind));
  if (kinds.has('recent-check')) return { en: 'client seen lately', fr: 'client vu récemment' };
  if (kinds.has('destination') && kinds.has('destination-port')) return { en: 'address and port agree', fr: 'adresse et port égaux' };
  if (matches.some((match) => match.kind === 'source' && match.negated))
    return { en: 'source outside of the range', fr: 'source hors de la plage' };
  if (kinds.has('source')) return { en: 'the source agrees', fr: 'source égale' };
  return null;
}

/** kube-proxy's comment names the endpoint that the rule leads to. */
function unread({ comment }: Rule): Told {
  const to = /-> (\S+)$/.exec(comment)?.[1];
  return to === undefined ? { en: 'not read', fr: 'non lue' } : { en: `not read; to ${to}`, fr: `non lue\u202f; vers ${to}` };
}
