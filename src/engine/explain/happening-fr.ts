// Français : ce qui se passe dans un cluster au fil du temps, une phrase à chaque fois.

import type { ObjectRef } from '../kube/ref';
import type { Fault } from '../timeline/fault';
import type { Happening, ProbeAnswer } from '../timeline/happening';
import { refusedOn } from './advice-fr';
import type { Catalogue } from './language';
import { list, ofName } from './words-fr';

export const HAPPENING_FR: Catalogue<Happening, 'code'> = {
  created: ({ object, by }) =>
    by.name === 'user'
      ? `${named(object)} entre dans etcd : l’API server l’a lu dans le manifeste.`
      : `Le ${by.name} demande ${named(object)} à l’API server : il est à présent dans etcd.`,
  configured: ({ object }) => `${named(object)} est enregistré de nouveau : ce qui est écrit diffère de ce qui s’y trouvait.`,
  deleted: ({ object }) => `${named(object)} a disparu d’etcd.`,
  'deletion-begun': ({ object, graceSeconds }) =>
    `${named(object)} doit partir : il porte un deletionTimestamp, et ses programmes ont ${seconds(graceSeconds)} pour finir. Dès cet instant il compte comme « terminating ».`,
  'fault-set': ({ fault }) => brokenBy(fault),
  'fault-mended': ({ fault }) => mended(fault),
  scaled: ({ target, from, to }) => `${named(target)} doit avoir ${to} Pod${to > 1 ? 's' : ''}, au lieu de ${from}.`,
  scheduled: ({ object, node }) =>
    `Le scheduler place ${named(object)} sur ${node} : il écrit spec.nodeName, et le kubelet de ce nœud fait le reste.`,
  unschedulable: ({ object, refusals }) =>
    refusals.length === 0
      ? `Il n’y a aucun nœud pour ${named(object)}, qui reste Pending.`
      : `Aucun nœud ne prend ${named(object)}, qui reste Pending : ${refusals.map(refusedOn).join(' ; ')}.`,
  'sandbox-ready': ({ object, addresses }) =>
    `${named(object)} a son espace réseau et l’adresse ${list(addresses)}. Ses conteneurs ne tournent pas encore : toute connexion y est refusée.`,
  'no-address-left': ({ object, by }) => `${named(object)} attend : la plage d’adresses de ${by.node} est épuisée.`,
  'image-pulled': ({ container, image, took, by }) =>
    `${by.node} n’avait pas l’image ${image} : il l’a téléchargée en ${span(took)} pour le conteneur ${container}.`,
  'image-checked': ({ container, image, took, by }) =>
    `${by.node} a déjà l’image ${image}, mais interroge quand même son registre (${span(took)})\u00A0: pour le conteneur ${container}, imagePullPolicy vaut Always, d’office quand l’étiquette est latest ou manque.`,
  'image-missing': ({ container, image, by }) =>
    `${by.node} n’a pas l’image ${image}, et le conteneur ${container} interdit de la télécharger (imagePullPolicy Never)\u00A0: ErrImageNeverPull.`,
  'image-present': ({ container, image, by }) => `${by.node} a déjà l’image ${image} : rien à télécharger pour le conteneur ${container}.`,
  'pull-failed': ({ container, image }) => `L’image ${image} du conteneur ${container} est introuvable (ErrImagePull).`,
  'pull-backed-off': ({ container, image }) =>
    `Le kubelet attend de plus en plus longtemps avant de redemander ${image} pour le conteneur ${container} (ImagePullBackOff).`,
  'container-started': ({ container, restarts }) =>
    restarts === 0
      ? `Le conteneur ${container} tourne. Son programme n’a pas encore ouvert son port.`
      : `Le conteneur ${container} redémarre (${restarts}${restarts === 1 ? 're' : 'e'} fois), dans le même Pod et à la même adresse.`,
  'program-listens': ({ container }) => `Le programme ${ofName(container)} écoute : à présent, une connexion obtient une réponse.`,
  'post-start-done': ({ container }) =>
    `Le hook postStart ${ofName(container)} est terminé\u00A0: le kubelet compte maintenant le conteneur comme démarré.`,
  'post-start-failed': ({ container }) =>
    `Le hook postStart ${ofName(container)} a échoué\u00A0: le kubelet tue le conteneur, même si son programme tourne bien.`,
  'container-exited': ({ container, exitCode }) => `Le programme ${ofName(container)} s’est arrêté, avec le code de sortie ${exitCode}.`,
  'container-told-to-end': ({ container, graceSeconds, why }) => {
    if (why === 'definition')
      return `Le Pod demande une autre image pour ${container} : le kubelet arrête le conteneur et le relance avec elle.`;
    return why === 'deletion'
      ? `Le kubelet demande à ${container} de finir (preStop, puis SIGTERM) ; au bout de ${seconds(graceSeconds)}, il le tuerait.`
      : `La sonde ${PROBE[why]} ${ofName(container)} a échoué une fois de trop : le kubelet tue le conteneur et en démarre un autre.`;
  },
  'config-missing': ({ container, why }) =>
    `${container} ne peut pas être créé (CreateContainerConfigError)\u00a0: ${why}. Le kubelet réessaie.`,
  'mount-failed': ({ volume, why }) =>
    `Le volume ${volume} ne peut pas être monté (FailedMount)\u00a0: ${why}. D’ici là, le Pod n’a ni espace réseau ni adresse\u202f; le kubelet réessaie.`,
  'container-killed': ({ container }) => `Le programme ${ofName(container)} n’a pas fini à temps : il est tué (SIGKILL).`,
  'backing-off': ({ container, seconds: wait }) =>
    `${container} s’est encore arrêté : le kubelet attend ${seconds(wait)} avant de le redémarrer (CrashLoopBackOff).`,
  'probe-failed': ({ container, role, answer, run, threshold }) =>
    answer.kind === 'errored'
      ? `La sonde ${PROBE[role]} ${ofName(container)} n’interroge personne\u00a0: ${answered(answer)}. Ce n’est ni un échec ni une réussite.`
      : `La sonde ${PROBE[role]} ${ofName(container)} échoue (${answered(answer)}) : ${run >= threshold ? `${threshold} fois de suite, c’est assez` : `${run} fois de suite sur ${threshold}`}.`,
  'probe-succeeded': ({ container, role, answer }) => `La sonde ${PROBE[role]} ${ofName(container)} réussit (${answered(answer)}).`,
  ready: ({ object }) => `${named(object)} est Ready : ses Services peuvent lui envoyer des requêtes.`,
  'not-ready': ({ object }) => `${named(object)} n’est plus Ready : il quitte les endpoints appelés. On ne le redémarre pas pour autant.`,
  ended: ({ object, phase }) => `${named(object)} est terminé pour de bon (${phase}).`,
  'endpoints-written': ({ object, ready, unready, terminating, added, removed }) =>
    `Les EndpointSlices de ${named(object)} sont écrites : ${ready.length === 0 ? 'personne à appeler' : `à appeler, ${list(ready)}`}${
      unready.length === 0 ? '' : ` ; pas encore prêt, ${list(unready)}`
    }${terminating.length === 0 ? '' : ` ; sur le départ, ${list(terminating)}`}.${added.length + removed.length === 0 ? '' : ` Changement : ${list([...added.map((each) => `+${each}`), ...removed.map((each) => `−${each}`)])}.`}`,
  'rules-written': ({ services, by }) =>
    `kube-proxy a réécrit sur ${by.node} ses règles pour ${several(services)} : les paquets de ce nœud les suivent désormais.`,
  'names-written': ({ services }) => `CoreDNS a lu ${several(services)} : ses réponses en tiennent compte.`,
  'balancer-given': ({ object, addresses }) => `${named(object)} reçoit son adresse extérieure : ${list(addresses)}.`,
  'node-ready': ({ object }) =>
    `${named(object)} donne de nouveau signe de vie : il compte comme prêt, et son kubelet dit où en sont ses Pods.`,
  'node-unreachable': ({ object }) =>
    `${named(object)} se tait depuis cinquante secondes : il est jugé injoignable, et aucun de ses Pods n’est plus prêt. Dans cinq minutes ils seront évincés.`,
  evicted: ({ object, node, taint, isHeard }) =>
    isHeard
      ? `${named(object)} est évincé de ${node} : il ne tolère pas la taint ${taint}, ou ne la tolère plus. S’il a un contrôleur, celui-ci en crée un autre.`
      : `${named(object)} est évincé ${ofName(node)}. Le kubelet n’en sait rien, le Pod reste donc Terminating ; son contrôleur en crée un autre ailleurs.`,
};

const PROBE = { readiness: 'readiness', liveness: 'liveness', startup: 'startup' } as const;

function named(object: ObjectRef | null): string {
  if (object === null) return 'Le cluster';
  const name = object.namespace === null || object.namespace === 'default' ? object.name : `${object.namespace}/${object.name}`;
  return `${object.kind} ${name}`;
}

function seconds(count: number): string {
  return `${count}\u00A0s`;
}

function span(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds}\u00A0ms` : `${String(milliseconds / 1000).replace('.', ',')}\u00A0s`;
}

function several(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} Services` : list(names);
}

function answered(answer: ProbeAnswer): string {
  switch (answer.kind) {
    case 'status':
      return `HTTP ${answer.status}`;
    case 'open':
      return 'le port est ouvert';
    case 'refused':
      return 'connexion refusée';
    case 'timeout':
      return 'pas de réponse à temps';
    case 'plain':
      return 'il parle HTTP sans TLS';
    case 'errored':
      return `le conteneur n’a aucun port nommé ${answer.port}`;
    case 'failed':
      return 'la commande a échoué';
    case 'timed-out':
      return 'la commande a pris trop de temps';
    case 'ran':
      return 'la commande a réussi';
  }
}

function brokenBy(fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
      return `Le programme du Pod ${fault.pod} plante, avec le code de sortie ${fault.exitCode}.`;
    case 'ill':
      return `Le programme du Pod ${fault.pod} ${typeof fault.answers === 'number' ? `répond désormais HTTP ${fault.answers}` : ILL[fault.answers]}.`;
    case 'proxy-stopped':
      return `kube-proxy s’arrête sur ${fault.node} : ses règles restent telles quelles, quoi qu’il arrive.`;
    case 'dns-stopped':
      return `CoreDNS ne répond plus sur ${fault.node}.`;
    case 'node-lost':
      return `${fault.node} est éteint : plus rien n’y tourne, et personne ne l’atteint.`;
    case 'link-cut':
      return `Le câble entre ${fault.nodes[0]} et ${fault.nodes[1]} est coupé.`;
  }
}

const ILL = { hang: 'accepte les connexions et ne répond plus', down: 'ferme ses ports' } as const;

function mended(fault: Fault): string {
  switch (fault.kind) {
    case 'crash':
    case 'ill':
      return `Le programme du Pod ${fault.pod} marche de nouveau.`;
    case 'proxy-stopped':
      return `kube-proxy tourne de nouveau sur ${fault.node}, et lit ce qu’il a manqué.`;
    case 'dns-stopped':
      return `CoreDNS répond de nouveau sur ${fault.node}.`;
    case 'node-lost':
      return `${fault.node} est rallumé.`;
    case 'link-cut':
      return `${fault.nodes[0]} et ${fault.nodes[1]} s’atteignent de nouveau.`;
  }
}
