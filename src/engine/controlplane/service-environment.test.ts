import { expect, test } from 'vitest';
import { pod, service } from '../dataplane/dns-cluster.test-support';
import { containerEnvironment, serviceEnvironment } from './service-environment';

const MASTER = service('default/kubernetes', { clusterIPs: ['10.96.0.1'], ports: ['https 443'] });
const APP = pod('shop/app', '10.244.1.5');

test('a Service gives its address, its ports by name, and the variables of a link', () => {
  expect(
    serviceEnvironment(APP, [service('shop/my-db', { clusterIPs: ['10.96.0.7', 'fd00::7'], ports: ['sql-main 5432', '53/UDP'] })]),
  ).toEqual({
    MY_DB_SERVICE_HOST: '10.96.0.7',
    MY_DB_SERVICE_PORT: '5432',
    MY_DB_SERVICE_PORT_SQL_MAIN: '5432',
    MY_DB_PORT: 'tcp://10.96.0.7:5432',
    MY_DB_PORT_5432_TCP: 'tcp://10.96.0.7:5432',
    MY_DB_PORT_5432_TCP_PROTO: 'tcp',
    MY_DB_PORT_5432_TCP_PORT: '5432',
    MY_DB_PORT_5432_TCP_ADDR: '10.96.0.7',
    MY_DB_PORT_53_UDP: 'udp://10.96.0.7:53',
    MY_DB_PORT_53_UDP_PROTO: 'udp',
    MY_DB_PORT_53_UDP_PORT: '53',
    MY_DB_PORT_53_UDP_ADDR: '10.96.0.7',
  });
});

test('an IPv6 address stands in brackets inside a URL', () => {
  const env = serviceEnvironment(APP, [service('shop/six', { clusterIPs: ['fd00::7'], ports: ['80'] })]);
  expect(env).toMatchObject({ SIX_SERVICE_HOST: 'fd00::7', SIX_PORT: 'tcp://[fd00::7]:80' });
});

const hosts = (env: Readonly<Record<string, string>>) => Object.keys(env).filter((name) => name.endsWith('_SERVICE_HOST'));

test('only Services of the own namespace with a cluster IP count, and default/kubernetes', () => {
  const services = [
    MASTER,
    service('bank/db', { clusterIPs: ['10.96.0.8'], ports: ['80'] }),
    service('shop/peers', { clusterIPs: 'None', ports: ['80'] }),
    service('shop/out', { externalName: 'www.example.com' }),
  ];
  expect(hosts(serviceEnvironment(APP, services))).toEqual(['KUBERNETES_SERVICE_HOST']);
});

test('without service links default/kubernetes is all that is left', () => {
  const services = [MASTER, service('shop/kubernetes', { clusterIPs: ['10.96.0.9'], ports: ['80'] })];
  expect(serviceEnvironment(APP, services)).toMatchObject({ KUBERNETES_SERVICE_HOST: '10.96.0.9' });
  expect(serviceEnvironment(pod('shop/app', '10.244.1.5', { enableServiceLinks: false }), services)).toMatchObject({
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
  });
});

test('env wins over envFrom, and both over the variables of Services', () => {
  const env = containerEnvironment(
    { A: 'service', B: 'service', C: 'service' },
    {
      from: [{ B: 'from', C: 'from' }, { C: 'later' }],
      env: [
        { name: 'D', value: '$(C)', expand: true },
        { name: 'B', value: 'own', expand: true },
      ],
    },
  );
  expect(env).toEqual({ A: 'service', B: 'own', C: 'later', D: 'later' });
});

test('$(X) stands for what was declared before, then for a variable of a Service; what is unknown stays as written', () => {
  const variable = (name: string, value: string) => ({ name, value, expand: true });
  const env = [
    variable('EARLY', '$(LATE)'),
    variable('LATE', 'z'),
    variable('HOST', '$(DB):$(LATE)'),
    variable('PAID', '$$(LATE) $$5 $ $('),
    { name: 'RAW', value: '$(LATE)', expand: false },
  ];
  expect(containerEnvironment({ DB: '10.96.0.7' }, { from: [], env })).toEqual({
    DB: '10.96.0.7',
    EARLY: '$(LATE)',
    LATE: 'z',
    HOST: '10.96.0.7:z',
    PAID: '$(LATE) $5 $ $(',
    RAW: '$(LATE)',
  });
});
