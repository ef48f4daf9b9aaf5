// The words of the plan in both languages: labels on the drawing, its legend, and its summary for those who hear it.

import type { Language } from '../../engine/index';

export interface PlanStrings {
  readonly from: string;
  readonly to: string;
  readonly routing: string;
  readonly hostSide: string;
  readonly physical: string;
  readonly folded: string;
  readonly register: string;
  readonly fresh: string;
  readonly router: string;
  readonly outside: string;
  readonly gateway: string;
  readonly client: string;
  readonly waiting: string;
  readonly otherServices: string;
  readonly more: (count: number) => string;
  readonly programs: string;
  readonly podRange: (range: string) => string;
  readonly board: (ready: number, port: string) => string;
  /** Endpoints that are no Pods. */
  readonly boardOutside: (ready: number, port: string) => string;
  readonly noPod: string;
  readonly emptySelector: (label: string) => string;
  readonly legend: {
    readonly request: string;
    readonly reply: string;
    readonly dns: string;
    readonly rewritten: string;
    readonly lost: string;
    readonly ready: string;
    readonly notReady: string;
    readonly service: string;
  };
  readonly fit: string;
  readonly natural: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly summary: (nodes: number, pods: number, services: number) => string;
  readonly ground: string;
  readonly noNodes: string;
  readonly noPods: string;
  readonly noPodsText: string;
  readonly labels: string;
  readonly ports: string;
  readonly noPorts: string;
  readonly noLabels: string;
  readonly state: string;
  readonly ready: string;
  readonly notReady: string;
  readonly address: string;
  readonly close: string;
  readonly source: Readonly<Record<'annotation' | 'declared' | 'image' | 'assumed', string>>;
  readonly rejected: Readonly<
    Record<'rule' | 'no-real-server' | 'no-socket' | 'unreachable-route' | 'ttl-expired' | 'no-neighbour', string>
  >;
  readonly dropped: Readonly<
    Record<
      | 'rule'
      | 'policy'
      | 'blackhole'
      | 'no-such-host'
      | 'ttl-expired'
      | 'not-forwarding'
      | 'not-ours'
      | 'martian-source'
      | 'no-forwarding-entry'
      | 'tunnel-unreachable'
      | 'no-such-tunnel'
      | 'application-silent'
      | 'no-hairpin',
      string
    >
  >;
  readonly sentBack: (what: string, to: string) => string;
  readonly silence: string;
  readonly name: string;
  readonly answer: string;
}

const en: PlanStrings = {
  from: 'from',
  to: 'to',
  routing: 'routing',
  hostSide: 'veth, node side',
  physical: 'physical network',
  folded: 'kernel (folded)',
  register: 'conntrack',
  fresh: 'new',
  router: 'router',
  outside: 'outside host',
  gateway: 'Gateway',
  client: 'outside client',
  waiting: 'Waiting for a node',
  otherServices: 'Not asked for',
  more: (count) => `and ${count} more`,
  programs: 'its own programs',
  podRange: (range) => `Pods ${range}`,
  board: (ready, port) => `${ready} ${ready === 1 ? 'Pod' : 'Pods'} · port ${port}`,
  boardOutside: (ready, port) => `${ready} ${ready === 1 ? 'address' : 'addresses'} · port ${port}`,
  noPod: 'no Pod behind it',
  emptySelector: (label) => `${label}: 0 Pods`,
  legend: {
    request: 'Request',
    reply: 'Reply',
    dns: 'DNS',
    rewritten: 'Address rewritten (NAT)',
    lost: 'Refused or lost',
    ready: 'Ready',
    notReady: 'Not ready',
    service: 'Service (virtual)',
  },
  fit: 'Fit',
  natural: '100 %',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  summary: (nodes, pods, services) => `Plan of the cluster: ${nodes} nodes, ${pods} Pods, ${services} Services.`,
  ground: 'Between the nodes',
  noNodes: 'No node yet',
  noPods: 'Write a Pod, it appears here',
  noPodsText: 'The nodes are up; nothing runs on them.',
  labels: 'Labels',
  ports: 'Ports',
  noPorts: 'Nothing listens.',
  noLabels: 'none',
  state: 'State',
  ready: 'ready',
  notReady: 'not ready',
  address: 'Address',
  close: 'Close',
  source: { annotation: 'said by the annotation', declared: 'declared', image: 'usual for the image', assumed: 'assumed' },
  rejected: {
    rule: 'Refused: no Pod behind the Service',
    'no-socket': 'Refused: nothing listens on this port',
    'unreachable-route': 'Refused: no route to this address',
    'no-real-server': 'Refused: no real server behind this virtual one',
    'ttl-expired': 'Refused: it passed too many routers',
    'no-neighbour': 'Refused: nobody on the link has this address',
  },
  dropped: {
    rule: 'Lost: a rule throws it away',
    policy: 'Lost: the chain’s policy throws it away',
    blackhole: 'Lost: no Pod has this address',
    'no-such-host': 'Lost: nobody knows the way',
    'ttl-expired': 'Lost: it passed too many routers',
    'not-forwarding': 'Lost: this node does not forward',
    'not-ours': 'Lost: it belongs to no connection',
    'martian-source': 'Lost: its source address cannot be true',
    'no-forwarding-entry': 'Lost: the tunnel has no entry for it',
    'tunnel-unreachable': 'Lost: the tunnel’s other end is out of reach',
    'no-such-tunnel': 'Lost: nobody here unwraps it',
    'application-silent': 'No answer: the program says nothing',
    'no-hairpin': 'Lost: a bridge sends nothing back by the same port',
  },
  sentBack: (what, to) => `${what}, sent back to ${to}`,
  silence: 'Nothing is sent back: the client waits.',
  name: 'name',
  answer: 'answer',
};

const fr: PlanStrings = {
  from: 'de',
  to: 'vers',
  routing: 'routage',
  hostSide: 'veth, côté nœud',
  physical: 'réseau physique',
  folded: 'noyau (replié)',
  register: 'suivi (conntrack)',
  fresh: 'nouvelle',
  router: 'routeur',
  outside: 'hôte extérieur',
  gateway: 'Gateway',
  client: 'client extérieur',
  waiting: 'En attente d’un nœud',
  otherServices: 'Non demandés',
  more: (count) => `et ${count} ${count === 1 ? 'autre' : 'autres'}`,
  programs: 'ses programmes',
  podRange: (range) => `Pods ${range}`,
  board: (ready, port) => `${ready} ${ready < 2 ? 'Pod' : 'Pods'} · port ${port}`,
  boardOutside: (ready, port) => `${ready} ${ready < 2 ? 'adresse' : 'adresses'} · port ${port}`,
  noPod: 'aucun Pod derrière lui',
  emptySelector: (label) => `${label} : 0 Pod`,
  legend: {
    request: 'Requête',
    reply: 'Réponse',
    dns: 'DNS',
    rewritten: 'Adresse réécrite (NAT)',
    lost: 'Refus ou perte',
    ready: 'Prêt',
    notReady: 'Pas prêt',
    service: 'Service (virtuel)',
  },
  fit: 'Cadrer',
  natural: '100 %',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  summary: (nodes, pods, services) => `Plan du cluster : ${nodes} nœuds, ${pods} Pods, ${services} Services.`,
  ground: 'Entre les nœuds',
  noNodes: 'Aucun nœud pour l’instant',
  noPods: 'Écrivez un Pod, il apparaît ici',
  noPodsText: 'Les nœuds sont là ; rien ne tourne dessus.',
  labels: 'Étiquettes',
  ports: 'Ports',
  noPorts: 'Rien n’écoute.',
  noLabels: 'aucune',
  state: 'État',
  ready: 'prêt',
  notReady: 'pas prêt',
  address: 'Adresse',
  close: 'Fermer',
  source: { annotation: 'dit par l’annotation', declared: 'déclaré', image: 'habituel pour l’image', assumed: 'supposé' },
  rejected: {
    rule: 'Refusé : aucun Pod derrière le Service',
    'no-socket': 'Refusé : rien n’écoute sur ce port',
    'unreachable-route': 'Refusé : aucune route vers cette adresse',
    'no-real-server': 'Refusé : aucun serveur réel derrière ce serveur virtuel',
    'ttl-expired': 'Refusé : il a passé trop de routeurs',
    'no-neighbour': 'Refusé : personne sur le lien n’a cette adresse',
  },
  dropped: {
    rule: 'Perdu : une règle le jette',
    policy: 'Perdu : la politique de la chaîne le jette',
    blackhole: 'Perdu : aucun Pod n’a cette adresse',
    'no-such-host': 'Perdu : personne ne connaît le chemin',
    'ttl-expired': 'Perdu : il a passé trop de routeurs',
    'not-forwarding': 'Perdu : ce nœud ne fait pas suivre',
    'not-ours': 'Perdu : il n’est d’aucune connexion',
    'martian-source': 'Perdu : son adresse source ne peut être vraie',
    'no-forwarding-entry': 'Perdu : le tunnel n’a pas d’entrée pour lui',
    'tunnel-unreachable': 'Perdu : l’autre bout du tunnel est hors d’atteinte',
    'no-such-tunnel': 'Perdu : personne ici ne le déballe',
    'application-silent': 'Sans réponse : le programme se tait',
    'no-hairpin': 'Perdu : un pont ne renvoie rien par le même port',
  },
  sentBack: (what, to) => `${what}, renvoyé à ${to}`,
  silence: 'Rien n’est renvoyé : le client attend.',
  name: 'nom',
  answer: 'réponse',
};

export function planStrings(language: Language): PlanStrings {
  return { en, fr }[language];
}
