// The sentences themselves: that there is one for every reason, and small goldens of the ones a course is about.

import { describe, expect, test } from 'vitest';
import { LANGUAGES } from './language';
import { REASONS, SAMPLE_FACTS } from './sample-facts.test-support';
import type { StepFact } from './step-fact';
import { words } from './words';

const facts: readonly StepFact[] = Object.values(SAMPLE_FACTS);

/** What a value that is missing looks like in a sentence. */
const GAPS = /undefined|null|NaN|\[object|^\s|\s$| {2}/;

describe.each(LANGUAGES)('in the language %s', (language) => {
  test('two different reasons never share a sentence', () => {
    const sentences = facts.map((fact) => words(fact).sentence[language]);
    expect(new Set(sentences).size).toBe(sentences.length);
    const reasons = REASONS.map((fact) => words(fact).sentence[language]);
    expect(new Set(reasons).size).toBe(reasons.length);
  });

  test('every fact is told in full sentences, under a short title', () => {
    for (const fact of [...facts, ...REASONS]) {
      const { title, sentence } = words(fact);
      expect(sentence[language], fact.code).not.toMatch(GAPS);
      expect(sentence[language], fact.code).toMatch(/^[^\s].{20,}[.!?]$/su);
      expect(title[language], fact.code).not.toMatch(GAPS);
      expect(title[language], fact.code).toMatch(/^.{4,39}$/su);
    }
  });

  test('every sentence names an object or an address of its own', () => {
    for (const fact of facts) expect(words(fact).sentence[language], fact.code).toMatch(/frontend|backend|node-\d|\d+\.\d+\.\d+\.\d+/);
  });
});

test('French puts no breaking space before a high mark, and none inside quotes', () => {
  for (const fact of [...facts, ...REASONS]) {
    const { sentence, title } = words(fact);
    expect(`${title.fr} ${sentence.fr}`).not.toMatch(/ [:;?!»%]|« |\w[;?!]/);
  }
});

const golden = (code: StepFact['code']) => words(SAMPLE_FACTS[code]);

test('the choice of a Service', () => {
  expect(golden('service-address-replaced')).toEqual({
    title: { en: 'PREROUTING DNAT', fr: 'PREROUTING DNAT' },
    sentence: {
      en: 'No interface carries 10.152.183.25, the Service backend: the kernel of node-1 replaces this destination by one of 3 endpoints, drawn at random: 10.1.1.11:8080 (Pod backend-2).',
      fr: 'Aucune carte réseau ne porte 10.152.183.25, l’adresse du Service backend\u00a0: le noyau de node-1 remplace cette destination par l’un des 3 endpoints, tiré au sort\u00a0: 10.1.1.11:8080 (Pod backend-2).',
    },
  });
});

test('the reverse translation of the answer', () => {
  expect(golden('answer-restored').sentence).toEqual({
    en: 'The answer comes from 10.1.1.11:8080 (Pod backend-2), but the client asked 10.152.183.25:80: the connection entry of node-1 puts 10.152.183.25:80 (Service backend) back as the source, and no rule is read for it.',
    fr: 'La réponse vient de 10.1.1.11:8080 (Pod backend-2), or le client avait demandé 10.152.183.25:80\u00a0: l’entrée de suivi de node-1 remet 10.152.183.25:80 (Service backend) comme source, sans qu’aucune règle soit lue.',
  });
});

test('a Service that selects nothing', () => {
  expect(golden('rejected-no-endpoint').sentence).toEqual({
    en: 'The Service backend has no endpoint: no ready Pod bears the labels app=backend. For 10.152.183.25:80 kube-proxy has written no translation on node-1 but a rule that rejects.',
    fr: 'Le Service backend n’a aucun endpoint\u00a0: aucun Pod prêt ne porte les étiquettes app=backend. Pour 10.152.183.25:80, kube-proxy n’a donc écrit sur node-1 qu’une règle de refus.',
  });
});

test('a wrong targetPort', () => {
  expect(golden('rejected-wrong-target-port').sentence).toEqual({
    en: 'The Service backend sends to port 8080 (its targetPort), but in the Pod backend-2 nothing listens on TCP 8080, only on 3000/TCP. Name, Service and way are right; the port is not.',
    fr: 'Le Service backend envoie vers le port 8080 (son targetPort), or rien n’écoute sur TCP 8080 dans le Pod backend-2, seulement sur 3000/TCP. Le nom, le Service et le chemin sont bons\u202f; le port ne l’est pas.',
  });
});

test('the next name of the search list', () => {
  expect(golden('ask-next').sentence).toEqual({
    en: 'x.svc does not exist, so frontend goes on along its search list and asks for backend.production.svc.cluster.local.',
    fr: 'x.svc n’existe pas\u00a0: frontend passe au nom suivant de sa liste, backend.production.svc.cluster.local.',
  });
});

test('the way to the other node', () => {
  expect(golden('route-to-node')).toEqual({
    title: { en: 'routing via 192.168.1.11', fr: 'routage via 192.168.1.11' },
    sentence: {
      en: '10.1.2.8 lies in 10.1.2.0/24, the Pod range of node-2, a route that BGP has learnt: node-1 sends the packet to 192.168.1.11 by eth0, addresses untouched. The default route would hold it too, but any longer prefix wins.',
      fr: '10.1.2.8 fait partie de 10.1.2.0/24, la plage des Pods de node-2, route apprise par BGP\u00a0: node-1 confie le paquet à 192.168.1.11 par eth0, sans toucher aux adresses. La route par défaut conviendrait aussi, mais un préfixe plus long l’emporte.',
    },
  });
});
