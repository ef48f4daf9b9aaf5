import { expect, test } from 'vitest';
import type { Advice } from '../kube/advice';
import { ADVICE_EN } from './advice-en';
import { ADVICE_FR } from './advice-fr';

const WEB = { object: { kind: 'Service', namespace: 'shop', name: 'web' }, path: ['spec', 'selector'] };

test('a selector that matches nothing is explained by the label that comes closest', () => {
  const fact: Advice & { code: 'selector-matches-nothing' } = {
    ...WEB,
    severity: 'warning',
    code: 'selector-matches-nothing',
    selector: { app: 'back-end' },
    nearest: [{ wanted: 'app=back-end', found: 'app=backend', pod: 'backend-1' }],
    elsewhere: null,
  };
  expect(ADVICE_EN[fact.code](fact)).toBe(
    'Service shop/web selects Pods with app=back-end, and no Pod in its namespace carries that label: it has no endpoints. The Pod backend-1 comes closest: it has app=backend where the selector says app=back-end.',
  );
  expect(ADVICE_FR[fact.code](fact)).toBe(
    'Service shop/web choisit les Pods qui portent app=back-end, et aucun Pod de son namespace ne porte cette étiquette : il n’a aucun endpoint. Le plus proche est le Pod backend-1 : il porte app=backend là où le sélecteur demande app=back-end.',
  );
});

test('a port where nobody listens is explained by those where somebody does', () => {
  const fact: Advice & { code: 'nobody-listens' } = {
    ...WEB,
    severity: 'warning',
    code: 'nobody-listens',
    port: '8080/TCP',
    pods: ['a', 'b', 'c', 'd'],
    listening: ['3000/TCP'],
  };
  expect(ADVICE_EN[fact.code](fact)).toBe(
    'Service shop/web sends requests to 8080/TCP of a, b, c and 1 more, where no program listens: they will be refused. The Pod listens on 3000/TCP.',
  );
  expect(ADVICE_FR[fact.code](fact)).toBe(
    'Service shop/web envoie les requêtes vers 8080/TCP de a, b, c et 1 autre, où aucun programme n’écoute : elles seront refusées. Le Pod écoute sur 3000/TCP.',
  );
});

test('every reason of the scheduler is said for the node that it is about', () => {
  const fact: Advice & { code: 'unschedulable' } = {
    ...WEB,
    severity: 'warning',
    code: 'unschedulable',
    pod: 'web-1',
    refusals: [
      { node: 'n1', reason: 'taint', detail: 'gpu=yes:NoSchedule' },
      { node: 'n2', reason: 'cordoned', detail: '' },
      { node: 'n3', reason: 'cpu', detail: '500m', asked: '2' },
    ],
  };
  expect(ADVICE_EN[fact.code](fact)).toBe(
    'No node takes the Pod web-1, so it stays Pending: n1 has the taint gpu=yes:NoSchedule, which the Pod does not tolerate; n2 is cordoned; n3 has 500m of its CPU left, and the Pod asks for 2.',
  );
  expect(ADVICE_FR[fact.code](fact)).toBe(
    'Aucun nœud ne prend le Pod web-1, qui reste Pending : n1 porte le taint gpu=yes:NoSchedule, que le Pod ne tolère pas ; n2 est fermé aux nouveaux Pods (cordon) ; il reste 500m de CPU à n3, et le Pod en demande 2.',
  );
});
