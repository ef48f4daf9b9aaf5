// The words of a cluster over time in both languages: its bar, its history, its control plane, what can be broken.

import type { Language } from '../../engine/index';
import { counted } from '../../i18n/counted';
import type { Lane, TickShape } from '../../store/lanes';

export interface LifeStrings {
  readonly title: string;
  readonly start: string;
  readonly startHint: string;
  readonly fromNothing: string;
  readonly fromNothingHint: string;
  readonly time: string;
  readonly run: string;
  readonly pause: string;
  readonly next: string;
  readonly previous: string;
  readonly speed: string;
  readonly leap: string;
  readonly undo: string;
  readonly redo: string;
  readonly toRest: string;
  readonly toRestHint: string;
  readonly position: string;
  readonly positionText: (time: string, last: string) => string;
  readonly nothingYet: string;
  readonly quiet: string;
  readonly resting: string;
  readonly nearer: string;
  readonly further: string;
  readonly lanes: Readonly<Record<Lane, string>>;
  readonly history: string;
  readonly happenings: (count: number) => string;
  readonly noHistory: string;
  readonly earlier: (count: number) => string;
  readonly later: (count: number) => string;
  readonly ahead: string;
  readonly trouble: string;
  readonly because: string;
  readonly toCause: string;
  readonly allParts: string;
  readonly allObjects: string;
  readonly filterPart: string;
  readonly filterObject: string;
  readonly pendingText: (created: number, configured: number, deleted: number) => string;
  readonly pendingNothing: string;
  readonly pendingUnreadable: string;
  readonly apply: string;
  readonly applyHint: string;
  readonly traffic: string;
  readonly trafficHint: string;
  readonly tally: (well: number) => string;
  readonly outcomes: Readonly<Record<TickShape, string>>;
  readonly failure: (how: string, count: number) => string;
  readonly controlTab: string;
  readonly controlTitle: string;
  readonly controlPicture: string;
  readonly controllerManager: string;
  readonly replay: string;
  readonly openFailed: string;
  readonly events: string;
  readonly times: (count: number) => string;
  readonly requestsOnAxis: string;
  readonly openRequest: (time: string, how: string) => string;
}

const count = { en: counted('en'), fr: counted('fr') };

const HOW_EN: Readonly<Record<string, string>> = {
  rejected: 'refused',
  dropped: 'no answer',
  unresolved: 'no address',
  refused: 'not sent',
};
const HOW_FR: Readonly<Record<string, string>> = {
  rejected: 'refusées',
  dropped: 'sans réponse',
  unresolved: 'sans adresse',
  refused: 'non envoyées',
};

const en: LifeStrings = {
  title: 'Over time',
  start: 'Over time',
  startHint: 'Let time go by: change this cluster, break it, and watch what follows.',
  fromNothing: 'From nothing',
  fromNothingHint: 'Begin with an empty cluster to which the text is applied, and watch it come to life.',
  time: 'Time since the beginning',
  run: 'Let time go by',
  pause: 'Stop the clock',
  next: 'Next happening',
  previous: 'Happening before',
  speed: 'Speed of the clock',
  leap: 'leaps',
  undo: 'Undo',
  redo: 'Redo',
  toRest: 'Back to rest',
  toRestHint: 'Leave time: the text settles at once again.',
  position: 'Instant of the cluster',
  positionText: (time, last) => `${time}. ${last}`,
  nothingYet: 'Nothing has happened yet.',
  quiet: 'Nothing more happens within ten minutes.',
  resting: 'All is done: nothing but probes is left to come.',
  nearer: 'Shorter stretch of time',
  further: 'Longer stretch of time',
  lanes: { user: 'you', control: 'control plane', nodes: 'kubelets', network: 'rules, names', requests: 'requests' },
  history: 'History',
  happenings: (number) => count.en(number, '# happening', '# happenings'),
  noHistory: 'Nothing has happened yet. Start the clock, or do something.',
  earlier: (number) => count.en(number, '# earlier', '# earlier'),
  later: (number) => count.en(number, '# later', '# later'),
  ahead: 'still to come',
  trouble: 'Trouble',
  because: 'because',
  toCause: 'To what caused it',
  allParts: 'all parts',
  allObjects: 'all objects',
  filterPart: 'Part',
  filterObject: 'Object',
  pendingText: (created, configured, deleted) =>
    [
      created > 0 ? `${created} to create` : '',
      configured > 0 ? `${configured} to configure` : '',
      deleted > 0 ? `${deleted} to delete` : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  pendingNothing: 'The text is written otherwise, and says the same.',
  pendingUnreadable: 'The text cannot be read to its end.',
  apply: 'Apply',
  applyHint: 'Apply the text to the cluster (Ctrl+Enter)',
  traffic: '5 a second for 10 s',
  trafficHint: 'Send the present request every 200 ms for ten seconds',
  tally: (well) => count.en(well, '# answered well', '# answered well'),
  outcomes: { well: 'answered well', error: 'an error answered', rejected: 'refused', dropped: 'no answer', unresolved: 'no address' },
  failure: (how, number) => `${number} ${HOW_EN[how] ?? `HTTP ${how}`}`,
  controlTab: 'Control plane',
  controlTitle: 'Control plane',
  controlPicture: 'The parts of the cluster, all joined to the API server',
  controllerManager: 'kube-controller-manager',
  replay: 'Replay from nothing',
  openFailed: 'Open the next of these',
  events: 'What happened to it',
  times: (number) => `× ${number}`,
  requestsOnAxis: 'Requests on the axis of time',
  openRequest: (time, how) => `Request at ${time}: ${how}`,
};

const fr: LifeStrings = {
  title: 'Au fil du temps',
  start: 'Au fil du temps',
  startHint: 'Laissez passer le temps : changez ce cluster, cassez-le, et voyez ce qui s’ensuit.',
  fromNothing: 'Depuis rien',
  fromNothingHint: 'Partir d’un cluster vide auquel on applique le texte, et le voir prendre vie.',
  time: 'Temps depuis le début',
  run: 'Laisser passer le temps',
  pause: 'Arrêter l’horloge',
  next: 'Événement suivant',
  previous: 'Événement précédent',
  speed: 'Vitesse de l’horloge',
  leap: 'sauts',
  undo: 'Annuler',
  redo: 'Rétablir',
  toRest: 'Revenir au repos',
  toRestHint: 'Quitter le temps : le texte prend de nouveau effet aussitôt.',
  position: 'Instant du cluster',
  positionText: (time, last) => `${time}. ${last}`,
  nothingYet: 'Rien ne s’est encore passé.',
  quiet: 'Plus rien ne se passe pendant dix minutes.',
  resting: 'Tout est fait : seules les sondes continuent.',
  nearer: 'Durée plus courte',
  further: 'Durée plus longue',
  lanes: { user: 'vous', control: 'plan de contrôle', nodes: 'kubelets', network: 'règles, noms', requests: 'requêtes' },
  history: 'Journal',
  happenings: (number) => count.fr(number, '# événement', '# événements'),
  noHistory: 'Rien ne s’est encore passé. Lancez l’horloge, ou agissez.',
  earlier: (number) => count.fr(number, '# plus tôt', '# plus tôt'),
  later: (number) => count.fr(number, '# plus tard', '# plus tard'),
  ahead: 'à venir',
  trouble: 'Incident',
  because: 'à cause de',
  toCause: 'Vers sa cause',
  allParts: 'tous les composants',
  allObjects: 'tous les objets',
  filterPart: 'Composant',
  filterObject: 'Objet',
  pendingText: (created, configured, deleted) =>
    [created > 0 ? `${created} à créer` : '', configured > 0 ? `${configured} à modifier` : '', deleted > 0 ? `${deleted} à supprimer` : '']
      .filter((part) => part !== '')
      .join(', '),
  pendingNothing: 'Le texte est écrit autrement, et dit la même chose.',
  pendingUnreadable: 'Le texte ne peut être lu jusqu’au bout.',
  apply: 'Appliquer',
  applyHint: 'Appliquer le texte au cluster (Ctrl+Entrée)',
  traffic: '5 par seconde, 10 s',
  trafficHint: 'Envoyer la requête présente toutes les 200 ms pendant dix secondes',
  tally: (well) => count.fr(well, '# réussie', '# réussies'),
  outcomes: { well: 'réussie', error: 'une erreur en réponse', rejected: 'refusée', dropped: 'sans réponse', unresolved: 'sans adresse' },
  failure: (how, number) => `${number} ${HOW_FR[how] ?? `HTTP ${how}`}`,
  controlTab: 'Plan de contrôle',
  controlTitle: 'Plan de contrôle',
  controlPicture: 'Les composants du cluster, tous reliés à l’API server',
  controllerManager: 'kube-controller-manager',
  replay: 'Rejouer depuis rien',
  openFailed: 'Ouvrir la suivante de celles-ci',
  events: 'Ce qui lui est arrivé',
  times: (number) => `× ${number}`,
  requestsOnAxis: 'Requêtes sur l’axe du temps',
  openRequest: (time, how) => `Requête à ${time} : ${how}`,
};

export function lifeStrings(language: Language): LifeStrings {
  return { en, fr }[language];
}
