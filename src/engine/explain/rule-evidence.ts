// One rule that stood in the packet's way: its text as `iptables-save` or `nft list` prints it, the part that failed, and why in a few words.

import type { RuleRead, SetMember } from '../linux/chain-walk';
import { formatMatch, formatRule } from '../linux/iptables-save';
import type { MapElement, Match, Rule } from '../linux/netfilter';
import { formatElement, formatNftMatch, formatNftRule } from '../linux/nft-rule';
import { formatCidr } from '../net/cidr';
import { formatSocket } from '../net/packet';
import { NO_PROVENANCE } from '../net/provenance';
import { unreachable } from '../net/unreachable';
import type { Told } from './language';
import type { Evidence } from './told';

/** The rule, and below it the entries that it was decided by: the one of a map that was found, or all that a number was drawn among. */
export function ruleEvidence(read: RuleRead): readonly Evidence[] {
  const { table, chain, rule, result } = read;
  const common = { ...ruleText(read), group: `${table} ${chain}`, provenance: rule.provenance };
  switch (result.kind) {
    case 'matched':
      return result.element === null
        ? [{ ...common, matched: true, failed: null, note: applied(rule, result.draw) }, ...memberEvidence(result.member)]
        : [{ ...common, matched: true, failed: null, note: null }, ...elementEvidence(common, result.element, read)];
    case 'passed-over':
      return [
        result.failed === null
          ? { ...common, matched: false, failed: null, note: { en: 'no such entry', fr: 'aucune entrée' } }
          : { ...common, matched: false, failed: matchText(read, result.failed), note: drawn(result.draw, result.failed) },
      ];
    case 'unread':
      return [{ ...common, matched: null, failed: null, note: unread(rule) }];
    default:
      return unreachable(result);
  }
}

type Line = Pick<Evidence, 'kind' | 'text' | 'group' | 'provenance'>;

function elementEvidence(common: Line, taken: MapElement, { table, family, rule: { target } }: RuleRead): readonly Evidence[] {
  const line = (element: MapElement): Line => ({
    ...common,
    text: formatElement(element, family),
    provenance: element.provenance === NO_PROVENANCE ? common.provenance : element.provenance,
  });
  if (target.kind === 'verdict-map')
    return [{ ...line(taken), group: `${table} @${target.map}`, matched: true, failed: null, note: FOUND }];
  if (target.kind !== 'numbered') return [];
  const count = target.elements.length;
  return target.elements.map((element) =>
    element.key === taken.key
      ? {
          ...line(element),
          matched: true,
          failed: null,
          note: { en: `drawn: ${element.key}`, fr: `tiré\u00a0: ${element.key}`.replace(' :', '\u00a0:') },
        }
      : { ...line(element), matched: null, failed: null, note: { en: `1 chance in ${count}`, fr: `1 chance sur ${count}` } },
  );
}

/** The entry of an ipset that made the rule match. Those of the sets of a network plugin stand for nothing that anybody wrote. */
function memberEvidence(member: SetMember | null): readonly Evidence[] {
  if (member === null || member.provenance === NO_PROVENANCE) return [];
  const { set, text, provenance } = member;
  return [
    { kind: 'iptables-rule', text: `add ${set} ${text}`, group: `ipset ${set}`, matched: true, failed: null, note: LISTED, provenance },
  ];
}

const LISTED: Told = { en: 'a member of the set', fr: 'membre de l’ensemble' };

const FOUND: Told = { en: 'found by its key', fr: 'trouvée par sa clé' };

/** The rule as its own tool prints it. */
function ruleText({ tool, family, chain, rule }: RuleRead): Pick<Evidence, 'kind' | 'text'> {
  return tool === 'nft'
    ? { kind: 'nft-rule', text: formatNftRule(rule, family) }
    : { kind: 'iptables-rule', text: formatRule(chain, rule) };
}

function matchText({ tool, family, rule }: RuleRead, match: Match): string {
  return tool === 'nft' ? formatNftMatch(match, rule, family) : formatMatch(match);
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
      return failed(match, [`source in ${prefix(match)}`, `source dans ${prefix(match)}`], ['other source', 'autre source']);
    case 'destination':
      return failed(match, [`address in ${prefix(match)}`, `adresse dans ${prefix(match)}`], ['other address', 'autre adresse']);
    case 'source-among':
      return failed(match, ['source is listed', 'source dans la liste'], ['source not listed', 'source absente de la liste']);
    case 'destination-among':
      return failed(match, ['address is listed', 'adresse dans la liste'], ['address not listed', 'adresse absente de la liste']);
    case 'input':
      return failed(match, [`came by ${match.device}`, `entré par ${match.device}`], ['came another way', 'entré par ailleurs']);
    case 'output':
      return failed(match, [`leaves by ${match.device}`, `sort par ${match.device}`], ['leaves another way', 'sort par ailleurs']);
    case 'protocol':
      return { en: 'other protocol', fr: 'autre protocole' };
    case 'source-port':
      return { en: 'other source port', fr: 'autre port source' };
    case 'destination-port':
      return { en: 'other port', fr: 'autre port' };
    case 'destination-ports':
      return { en: 'port not listed', fr: 'port absent de la liste' };
    case 'source-type':
      return failed(match, ['source is this node', 'la source est ce nœud'], ['source is not this node', 'la source n’est pas ce nœud']);
    case 'destination-type':
      return failed(match, ['an address of this node', 'adresse de ce nœud'], ['no address of this node', 'pas une adresse de ce nœud']);
    case 'mark':
      return failed(match, ['the mark is set', 'la marque est mise'], ['no such mark', 'marque absente']);
    case 'connection-state':
      return { en: 'other connection state', fr: 'autre état de connexion' };
    case 'statistic':
      return { en: 'not drawn', fr: 'non tirée' };
    case 'recent-check':
      return { en: 'client not seen lately', fr: 'client non vu récemment' };
    case 'recent-set':
      return { en: 'not noted', fr: 'non noté' };
    case 'set':
      return failed(
        match,
        [`listed in ${match.set}`, `présente dans ${match.set}`],
        [`not listed in ${match.set}`, `absente de ${match.set}`],
      );
    case 'bridge-port':
      return failed(
        match,
        ['came by a port of a bridge', 'entré par le port d’un pont'],
        ['came by no bridge', 'n’est pas entré par un pont'],
      );
    case 'virtual-server':
      return { en: 'not from this virtual server', fr: 'ne vient pas de ce serveur virtuel' };
    default:
      return unreachable(match);
  }
}

type Words = readonly [en: string, fr: string];

/** A negated condition fails where what it names is so, any other where it is not. */
function failed({ negated }: Match, isSo: Words, isNot: Words): Told {
  const [en, fr] = negated ? isSo : isNot;
  return { en, fr };
}

function prefix({ prefix: asked }: Extract<Match, { kind: 'source' | 'destination' }>): string {
  return formatCidr(asked);
}

/** What the rule did; null where its text says it all. */
function applied({ target, matches }: Rule, draw: number | null): Told | null {
  if (draw !== null) return inDraw(draw);
  switch (target.kind) {
    case 'dnat':
      return {
        en: `destination becomes ${formatSocket(target.to)}`,
        fr: `destination réécrite\u00a0: ${formatSocket(target.to)}`.replace(' :', '\u00a0:'),
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
    case 'verdict-map':
    case 'numbered':
      return null;
    default:
      return unreachable(target);
  }
}

/** Why the packet is led into another chain. */
function reason(matches: readonly Match[]): Told | null {
  const kinds = new Set(matches.map(({ kind }) => kind));
  if (matches.some((match) => match.kind === 'connection-state' && match.states.includes('NEW')))
    return { en: 'a new connection', fr: 'connexion nouvelle' };
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
