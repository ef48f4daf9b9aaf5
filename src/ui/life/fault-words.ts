// What can be done to Pods and nodes, and what is broken, in both languages.

import type { Fault, Language } from '../../engine/index';

export interface FaultWords {
  readonly act: string;
  readonly remove: string;
  readonly crash: string;
  readonly answer500: string;
  readonly hang: string;
  readonly closePort: string;
  readonly mend: string;
  readonly historyOf: string;
  readonly stopProxy: string;
  readonly startProxy: string;
  readonly stopDns: string;
  readonly startDns: string;
  readonly switchOff: string;
  readonly switchOn: string;
  readonly cutLink: (node: string) => string;
  readonly joinLink: (node: string) => string;
  readonly cordon: string;
  readonly uncordon: string;
  readonly drain: string;
  readonly broken: string;
  readonly cordoned: string;
  readonly restarts: string;
  readonly nodeButton: (node: string) => string;
  /** What is wrong, beside the name of the thing. */
  readonly wrong: (fault: Fault) => string;
}

function answers(fault: Extract<Fault, { kind: 'ill' }>, words: { status: string; hang: string; down: string }): string {
  return typeof fault.answers === 'number' ? `${words.status} ${fault.answers}` : words[fault.answers];
}

const en: FaultWords = {
  act: 'Do something to it',
  remove: 'Delete',
  crash: 'Crash its program',
  answer500: 'Let it answer 500',
  hang: 'Let it hang',
  closePort: 'Close its port',
  mend: 'Mend',
  historyOf: 'Its history',
  stopProxy: 'Stop kube-proxy',
  startProxy: 'Start kube-proxy',
  stopDns: 'Stop CoreDNS here',
  startDns: 'Start CoreDNS here',
  switchOff: 'Switch off',
  switchOn: 'Switch on',
  cutLink: (node) => `Cut the link to ${node}`,
  joinLink: (node) => `Repair the link to ${node}`,
  cordon: 'Cordon',
  uncordon: 'Uncordon',
  drain: 'Drain',
  broken: 'Broken',
  cordoned: 'cordoned',
  restarts: 'Restarts',
  nodeButton: (node) => `Node ${node}`,
  wrong: (fault) => {
    switch (fault.kind) {
      case 'crash':
        return 'crashed';
      case 'ill':
        return answers(fault, { status: 'answers', hang: 'never answers', down: 'port closed' });
      case 'proxy-stopped':
        return 'kube-proxy stopped';
      case 'dns-stopped':
        return 'CoreDNS stopped';
      case 'node-lost':
        return 'switched off';
      case 'link-cut':
        return 'link cut';
      default:
        return fault satisfies never;
    }
  },
};

const fr: FaultWords = {
  act: 'Agir sur lui',
  remove: 'Supprimer',
  crash: 'Faire planter son programme',
  answer500: 'Le faire répondre 500',
  hang: 'Le rendre muet',
  closePort: 'Fermer son port',
  mend: 'Réparer',
  historyOf: 'Son journal',
  stopProxy: 'Arrêter kube-proxy',
  startProxy: 'Relancer kube-proxy',
  stopDns: 'Arrêter CoreDNS ici',
  startDns: 'Relancer CoreDNS ici',
  switchOff: 'Éteindre',
  switchOn: 'Rallumer',
  cutLink: (node) => `Couper le lien vers ${node}`,
  joinLink: (node) => `Réparer le lien vers ${node}`,
  cordon: 'Fermer aux nouveaux Pods (cordon)',
  uncordon: 'Rouvrir aux Pods (uncordon)',
  drain: 'Vider de ses Pods (drain)',
  broken: 'En panne',
  cordoned: 'fermé (cordon)',
  restarts: 'Redémarrages',
  nodeButton: (node) => `Nœud ${node}`,
  wrong: (fault) => {
    switch (fault.kind) {
      case 'crash':
        return 'a planté';
      case 'ill':
        return answers(fault, { status: 'répond', hang: 'ne répond jamais', down: 'port fermé' });
      case 'proxy-stopped':
        return 'kube-proxy arrêté';
      case 'dns-stopped':
        return 'CoreDNS arrêté';
      case 'node-lost':
        return 'éteint';
      case 'link-cut':
        return 'lien coupé';
      default:
        return fault satisfies never;
    }
  },
};

export function faultWords(language: Language): FaultWords {
  return { en, fr }[language];
}

/** Whom it concerns. */
export function subjectOf(fault: Fault): string {
  if (fault.kind === 'link-cut') return fault.nodes.join(' – ');
  return 'pod' in fault ? fault.pod.slice(fault.pod.indexOf('/') + 1) : fault.node;
}
