import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorKind } from '../kube/finding';
import { formatRef } from '../kube/ref';
import { cidr } from '../net/cidr';
import cases from '../vectors/validation.json';
import { parseManifest } from './parse';
import { readObjects, validateManifest } from './read';

/** `path:kind` of every error, with the document in front where it is not the first. */
const errors = (text: string): readonly string[] =>
  [...new Set(validateManifest(text).errors.map(({ doc, path, kind }) => `${doc === 0 ? '' : `${doc} `}${path}:${kind}`))].sort();

const object = (apiVersion: string, kind: string, rest: string, name = 'x'): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}}\n${rest}\n`;
const service = (spec: string, name = 'x'): string => object('v1', 'Service', `spec: ${spec}`, name);
const pod = (spec: string): string => object('v1', 'Pod', `spec: ${spec}`);
const container = (rest: string): string => pod(`{containers: [{name: c, image: i, ${rest}}]}`);
const workload = (kind: string, spec: string, template = 'spec: {containers: [{name: c, image: i}]}', labels = '{app: a}'): string =>
  object('apps/v1', kind, `spec: {${spec}, template: {metadata: {labels: ${labels}}, ${template}}}`);
const OWN = 'selector: {matchLabels: {app: a}}';

describe('what is no object of Kubernetes', () => {
  test.each([
    ['apiVersion: v1\nmetadata: {name: x}', ['kind:Required']],
    ['apiVersion: 1\nkind: Service', ['apiVersion:Invalid']],
    [object('v1', 'service', ''), ['kind:NotSupported']],
    [object('extensions/v1beta1', 'Ingress', ''), ['kind:NotSupported']],
    [object('networking.k8s.io/v1beta1', 'Ingress', ''), ['kind:NotSupported']],
    [object('batch/v1beta1', 'CronJob', ''), ['kind:NotSupported']],
    [object('example.com/v1', 'Widget', 'metadata: 3'), ['kind:NotSupported']],
    [object('gateway.networking.k8s.io/v1', 'HTTPRoute', ''), []],
    [object('rbac.authorization.k8s.io/v1', 'ClusterRole', '', 'system:coredns'), []],
    [object('v1', 'ServiceAccount', '', 'a:b'), ['metadata.name:Invalid']],
    ['apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-}\nspec: {containers: [{name: c, image: i}]}', []],
    ['apiVersion: v1\nkind: Service\nmetadata: {generateName: 9-}\nspec: {ports: [{port: 80}]}', ['metadata.generateName:Invalid']],
    [
      object(
        'apps/v1',
        'StatefulSet',
        `spec: {${OWN}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}}`,
        'a.b',
      ),
      ['metadata.name:Invalid'],
    ],
    [object('v1', 'Service', 'spec: {ports: [{port: 80.5}]}'), ['spec.ports[0].port:Invalid']],
    [container('resources: {requests: {memory: 64mb}}'), ['spec.containers[0].resources.requests.memory:Invalid']],
    [container('resources: {requests: {cpu: 0.5, memory: 64Mi}}'), []],
    [object('v1', 'ConfigMap', 'data: {a: 1}'), ['data:Invalid']],
    [object('v1', 'ConfigMap', 'data: {a/b: x}'), ['data[a/b]:Invalid']],
  ])('%s', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });
});

describe('a Service', () => {
  test.each([
    ['{ports: [{port: 80, nodePort: 30080}]}', ['spec.ports[0].nodePort:Forbidden']],
    ['{type: NodePort, clusterIP: None, ports: [{port: 80}]}', ['spec.clusterIPs[0]:Invalid']],
    ['{ports: [{port: 0}]}', ['spec.ports[0].port:Invalid', 'spec.ports[0].targetPort:Invalid']],
    ['{ports: [{port: 65536, targetPort: 80}]}', ['spec.ports[0].port:Invalid']],
    ['{ports: [{port: 80, appProtocol: ""}]}', ['spec.ports[0].appProtocol:Invalid']],
    [
      '{ports: [null, {port: 80, name: a}]}',
      ['spec.ports[0].name:Required', 'spec.ports[0].port:Invalid', 'spec.ports[0].targetPort:Invalid'],
    ],
    ['{internalTrafficPolicy: "", ports: [{port: 80}]}', ['spec.internalTrafficPolicy:NotSupported']],
    ['{externalIPs: ["", 10.0.0.1], ports: [{port: 80}]}', ['spec.externalIPs[0]:Invalid']],
    ['{type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/40], ports: [{port: 80}]}', ['spec.LoadBalancerSourceRanges[0]:Invalid']],
    [
      '{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}, ports: [{port: 80}]}',
      ['spec.sessionAffinityConfig.clientIP.timeoutSeconds:Invalid'],
    ],
    [
      '{type: ExternalName, externalName: a.example, ipFamilies: [IPv4], ipFamilyPolicy: SingleStack}',
      ['spec.ipFamilies:Forbidden', 'spec.ipFamilyPolicy:Forbidden'],
    ],
  ])('with the spec %s', (spec, expected) => {
    expect(errors(service(spec))).toEqual(expected);
  });

  test.each([
    ['{clusterIP: 10.97.0.300, ports: []}', ['spec.clusterIPs[0]:Invalid']],
    ['{clusterIP: 10.97.0.1, clusterIPs: [10.97.0.2], ports: []}', ['spec.clusterIPs:Invalid']],
    ['{clusterIP: 10.97.0.1, clusterIPs: [10.97.0.1, 10.97.0.2], ipFamilyPolicy: PreferDualStack, ports: []}', ['spec.clusterIPs:Invalid']],
    ['{clusterIP: None, clusterIPs: [None, 10.97.0.2], ports: []}', ['spec.clusterIPs:Invalid']],
    ['{ipFamilies: [IPv5], ports: []}', ['spec.ipFamilies[0]:NotSupported']],
    ['{ipFamilies: [IPv4, IPv4], ports: []}', ['spec.ipFamilies[1]:Duplicate']],
    ['{ipFamilyPolicy: Both, ports: []}', ['spec.ipFamilyPolicy:NotSupported']],
    ['{ipFamilies: [IPv6], ports: []}', ['spec.ipFamilies[0]:Invalid']],
    ['{ipFamilies: [IPv4, IPv6], ports: []}', ['spec.ipFamilyPolicy:Invalid']],
    ['{clusterIP: "fd00::1", ports: []}', ['spec.clusterIPs[0]:Invalid']],
    ['{clusterIP: 10.96.0.0, ports: []}', ['spec.clusterIPs:Invalid']],
    ['{type: NodePort, ports: [{port: 0, nodePort: 80}]}', ['spec.ports[0].nodePort:Invalid']],
    ['{type: NodePort, ports: [{port: 80, name: A, nodePort: 30080}, {port: 81, nodePort: 30080}]}', ['spec.ports[1].nodePort:Invalid']],
    ['{type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 80, ports: []}', ['spec.healthCheckNodePort:Invalid']],
  ])('that cannot be given what it asks for is told nothing else: %s', (spec, expected) => {
    expect(errors(service(spec))).toEqual(expected);
  });

  test('may repeat a node port for a second protocol of one port, and not for the same one', () => {
    const ports = (second: string): string =>
      service(`{type: NodePort, ports: [{name: a, port: 80, nodePort: 30080}, {name: b, port: 80, ${second}, nodePort: 30080}]}`);
    expect(errors(ports('protocol: UDP'))).toEqual([]);
    expect(errors(ports('protocol: TCP'))).toEqual(['spec.ports[1].nodePort:Duplicate', 'spec.ports[1]:Duplicate']);
  });

  test('does not get what another one has, unless the other was refused or is the same', () => {
    const fixed = (name: string, port = '80'): string => service(`{clusterIP: 10.97.0.9, ports: [{port: ${port}}]}`, name);
    expect(errors(`${fixed('a')}---\n${fixed('b')}`)).toEqual(['1 spec.clusterIPs:Invalid']);
    expect(errors(`${fixed('a')}---\n${fixed('a')}`)).toEqual([]);
    expect(
      errors(`apiVersion: v1\nkind: List\nitems:\n- ${fixed('a').replaceAll('\n', '\n  ')}\n- ${fixed('b').replaceAll('\n', '\n  ')}`),
    ).toEqual(['spec.clusterIPs:Invalid']);
  });

  test('may have any cluster IP where no range is known', () => {
    const text = service('{clusterIP: 203.0.113.9, ports: [{port: 80}]}');
    expect(readObjects(parseManifest(text)).findings).toEqual([]);
    expect(readObjects(parseManifest(text), cidr('10.96.0.0/12')).objects).toEqual([]);
  });
});

describe('a Pod', () => {
  test.each([
    [
      container('ports: [{name: Web, containerPort: 80}, {name: a, containerPort: 81}, {name: a, containerPort: 82}]'),
      ['spec.containers[0].ports[0].name:Invalid', 'spec.containers[0].ports[2].name:Duplicate'],
    ],
    [
      container('ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 80}]'),
      ['spec.containers[0].ports[1].hostPort:Duplicate'],
    ],
    [
      container('livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}'),
      ['spec.containers[0].livenessProbe.successThreshold:Invalid'],
    ],
    [
      container('readinessProbe: {tcpSocket: {port: 80}, terminationGracePeriodSeconds: 5}'),
      ['spec.containers[0].readinessProbe.terminationGracePeriodSeconds:Invalid'],
    ],
    [
      container('readinessProbe: {exec: {command: [a]}, httpGet: {port: 80}, grpc: {port: 80}}'),
      ['spec.containers[0].readinessProbe.grpc:Forbidden', 'spec.containers[0].readinessProbe.httpGet:Forbidden'],
    ],
    [container('lifecycle: {preStop: {}}'), ['spec.containers[0].lifecycle.preStop:Required']],
    [container('env: [{name: a=b}, {value: x}]'), ['spec.containers[0].env[0].name:Invalid', 'spec.containers[0].env[1].name:Required']],
    [pod('{containers: [{name: c, image: " i"}]}'), ['spec.containers[0].image:Invalid']],
    [
      pod('{initContainers: [{name: c, image: i, readinessProbe: {exec: {command: [a]}}}], containers: [{name: c, image: i}]}'),
      ['spec.initContainers[0].name:Duplicate', 'spec.initContainers[0].readinessProbe:Forbidden'],
    ],
    [pod('{containers: [{name: c, image: i}], dnsPolicy: None}'), ['spec.dnsConfig:Required']],
    [
      pod('{containers: [{name: c, image: i}], dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, x], searches: [a_b.example, .]}}'),
      ['spec.dnsConfig.nameservers:Invalid', 'spec.dnsConfig.nameservers[3]:Invalid'],
    ],
    [
      pod('{containers: [{name: c, image: i}], tolerations: [{key: a b, operator: Exists}, {key: a, tolerationSeconds: 3}]}'),
      ['spec.tolerations[0].key:Invalid', 'spec.tolerations[1].effect:Invalid'],
    ],
    [object('v1', 'Pod', 'spec: {containers: [{name: c, image: i}]}\nstatus: {podIP: 10.1.1.300}'), ['status.podIP:Invalid']],
  ])('%s', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });
});

describe('a workload', () => {
  test.each([
    [workload('Deployment', OWN, undefined, '{app: a, "a b": c}'), ['spec.template.labels:Invalid']],
    [workload('Deployment', 'selector: {matchLabels: {"a b": c}}'), ['spec.selector.matchLabels:Invalid', 'spec.selector:Invalid']],
    [
      workload('Deployment', 'selector: {matchExpressions: [{key: app, operator: Is}]}'),
      ['spec.selector.matchExpressions[0].operator:Invalid', 'spec.selector:Invalid'],
    ],
    [
      workload('Deployment', 'selector: {matchExpressions: [{key: app, operator: Exists, values: [a]}]}'),
      ['spec.selector.matchExpressions[0].values:Forbidden', 'spec.selector:Invalid'],
    ],
    [
      workload('Deployment', `${OWN}, replicas: -1, strategy: {type: Sudden}`),
      ['spec.replicas:Invalid', 'spec.strategy.type:NotSupported'],
    ],
    [
      workload('Deployment', `${OWN}, strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0%}}`),
      ['spec.strategy.rollingUpdate.maxUnavailable:Invalid'],
    ],
    [workload('Deployment', `${OWN}, minReadySeconds: 60, progressDeadlineSeconds: 60`), ['spec.progressDeadlineSeconds:Invalid']],
    [workload('DaemonSet', 'minReadySeconds: 0'), ['spec.template.metadata.labels:Invalid']],
    [workload('DaemonSet', `${OWN}, updateStrategy: {type: Recreate}`), ['spec.updateStrategy:NotSupported']],
    [
      workload('DaemonSet', `${OWN}, updateStrategy: {rollingUpdate: {maxSurge: 1}}`),
      ['spec.updateStrategy.rollingUpdate.maxSurge:Invalid'],
    ],
    [workload('StatefulSet', `${OWN}, podManagementPolicy: Quick`), ['spec.podManagementPolicy:Invalid']],
    [
      workload('ReplicaSet', OWN, 'spec: {restartPolicy: Never, activeDeadlineSeconds: 5, containers: [{name: c, image: i}]}'),
      ['spec.template.spec.activeDeadlineSeconds:Forbidden', 'spec.template.spec.restartPolicy:NotSupported'],
    ],
    [
      object('batch/v1', 'Job', 'spec: {template: {spec: {restartPolicy: Always, containers: [{name: c, image: i}]}}}'),
      ['spec.template.spec.restartPolicy:Required'],
    ],
    [
      object(
        'batch/v1',
        'CronJob',
        'spec: {jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}',
      ),
      ['spec.schedule:Required'],
    ],
    [object('v1', 'ReplicationController', 'spec: {template: {spec: {containers: [{name: c, image: i}]}}}'), ['spec.selector:Required']],
    [object('v1', 'ReplicationController', 'spec: {slector: {a: b}}'), ['spec.slector:Invalid']],
  ])('%s', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });
});

describe('what stands around Services', () => {
  const rule = (path: string): string => object('networking.k8s.io/v1', 'Ingress', `spec: {rules: [{http: {paths: [${path}]}}]}`);
  test.each([
    [rule('{path: x, backend: {}}'), ['spec.rules[0].http.paths[0].pathType:Required']],
    [
      rule('{path: /a//b, pathType: Prefix, backend: {service: {name: w, port: {number: 80}}}}'),
      ['spec.rules[0].http.paths[0].path:Invalid'],
    ],
    [rule('{path: /a//b, pathType: ImplementationSpecific, backend: {service: {name: w, port: {number: 80}}}}'), []],
    [
      object(
        'networking.k8s.io/v1',
        'Ingress',
        'spec: {tls: [{hosts: [1.2.3.4, A], secretName: B}], defaultBackend: {resource: {kind: Bucket}}}',
      ),
      ['spec.defaultBackend.resource.name:Required', 'spec.tls[0].hosts[1]:Invalid', 'spec.tls[0].secretName:Invalid'],
    ],
    [
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x, annotations: {kubernetes.io/ingress.class: a}}\nspec: {ingressClassName: b, defaultBackend: {service: {name: w, port: {number: 80}}}}',
      ['annotations.kubernetes.io/ingress.class:Invalid'],
    ],
    [object('networking.k8s.io/v1', 'IngressClass', 'spec: {controller: nginx}'), ['spec.controller:Invalid']],
    [
      object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {}, policyTypes: [In, Out, Both]}'),
      ['spec.policyTypes:Invalid'],
    ],
    [
      object(
        'networking.k8s.io/v1',
        'NetworkPolicy',
        'spec: {podSelector: {}, ingress: [{from: [{}], ports: [{protocol: TLS, port: a_b}]}]}',
      ),
      ['spec.ingress[0].from[0]:Required', 'spec.ingress[0].ports[0].port:Invalid', 'spec.ingress[0].ports[0].protocol:NotSupported'],
    ],
    [
      object('discovery.k8s.io/v1', 'EndpointSlice', 'addressType: FQDN\nendpoints: [{addresses: [a.example, a]}]\nports: [{}, {}]'),
      ['endpoints[0].addresses[1]:Invalid', 'ports[1].name:Duplicate'],
    ],
    [
      object('v1', 'Endpoints', 'subsets: [{}, {addresses: [{ip: 127.0.0.1}], ports: [{port: 0}]}]'),
      ['subsets[0]:Required', 'subsets[1].addresses[0].ip:Invalid', 'subsets[1].ports[0].port:Invalid'],
    ],
    [
      object('v1', 'Node', 'spec: {podCIDR: 10.1.1.0/33, taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoSchedule}, {key: b}]}'),
      ['metadata.taints[1]:Duplicate', 'metadata.taints[2].effect:Required', 'spec.podCIDRs[0]:Invalid'],
    ],
  ])('%s', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });
});

describe('objects of a text', () => {
  const read = (text: string) => {
    const parsed = parseManifest(text);
    return {
      ...readObjects(parsed),
      place: (index: number) => {
        const found = readObjects(parsed).findings[index];
        if (found === undefined) throw new Error('no such finding');
        const { from, to } = parsed.locate(found.raw, found.finding.path);
        return text.slice(from, to);
      },
    };
  };
  const codes = (text: string): readonly string[] => read(text).findings.map(({ finding }) => finding.code);
  const config = (data: string): string => object('v1', 'ConfigMap', `data: ${data}`);

  test('count once: the later one replaces the earlier, and says so', () => {
    const { objects, findings, place } = read(`${config('{a: old}')}---\n${config('{a: new}')}`);
    expect(objects.map(({ object: one }) => one.kind === 'ConfigMap' && one.data)).toEqual([{ a: 'new' }]);
    expect(findings.map(({ finding }) => finding)).toMatchObject([{ code: 'object-twice', severity: 'warning', document: 0 }]);
    expect(place(0)).toBe('x');
  });

  test('keep the earlier one where the later one is refused', () => {
    const { objects } = read(`${config('{a: old}')}---\n${config('{a: 1}')}`);
    expect(objects.map(({ object: one }) => one.kind === 'ConfigMap' && one.data)).toEqual([{ a: 'old' }]);
  });

  test('are warned of a key that stands twice, at the one that counts', () => {
    const { objects, findings, place } = read('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: first\n  a: last\n');
    expect(objects).toHaveLength(1);
    expect(findings.map(({ finding }) => finding)).toMatchObject([{ code: 'key-twice', key: 'a', path: ['data', 'a'] }]);
    expect(place(0)).toBe('last');
  });

  test('are warned of a bare y, at its place', () => {
    const { objects, findings, place } = read('apiVersion: v1\nkind: Namespace\nmetadata: {name: y, labels: {team: "y"}}\n');
    expect(objects.map(({ object: one }) => one.metadata.name)).toEqual(['y']);
    expect(findings.map(({ finding }) => finding)).toMatchObject([
      { severity: 'warning', code: 'bare-letter', letter: 'y', path: ['metadata', 'name'] },
    ]);
    expect(place(0)).toBe('y');
  });

  test('that nobody simulates are kept and named', () => {
    const { objects, findings } = read(object('example.com/v1', 'Widget', 'spec: {any: thing}'));
    expect(objects.map(({ object: one }) => one.kind === 'Other' && one.originalKind)).toEqual(['Widget']);
    expect(findings.map(({ finding }) => [finding.severity, errorKind(finding)])).toEqual([['hint', 'NotSupported']]);
    expect(codes(object('gateway.networking.k8s.io/v1', 'Gateway', ''))).toEqual([]);
  });

  test('need a name, even where the API server would make one up', () => {
    const { objects, findings } = read('apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}');
    expect([objects.length, findings.length]).toEqual([0, 1]);
  });

  test('that are refused take nothing from the others', () => {
    const { objects, findings } = read(`${service('{ports: [{port: 0}]}', 'bad')}---\n${service('{ports: [{port: 80}]}', 'good')}`);
    expect(objects.map(({ raw }) => raw.document)).toEqual([1]);
    expect(findings.map(({ finding }) => formatRef(finding.object))).toEqual(['Service default/bad', 'Service default/bad']);
  });

  test.each([
    [service('{type: LoadBalancer, loadBalancerSourceRanges: [nope], ports: [{port: 80}]}'), 'nope'],
    [service('{clusterIP: nope, ports: [{port: 80}]}'), 'nope'],
    [workload('Deployment', OWN, undefined, '{app: a, "a b": c}'), '{app: a, "a b": c}'],
    [
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x, annotations: {kubernetes.io/ingress.class: mine}}\nspec: {ingressClassName: b, defaultBackend: {service: {name: w, port: {number: 80}}}}',
      'mine',
    ],
  ])('are marked where the field stands, however the API server spells its path: %s', (text, marked) => {
    expect(read(text).place(0)).toBe(marked);
  });
});

describe('whatever stands in the editor', () => {
  const manifests = cases.map(({ manifest }) => manifest);
  const edited = fc
    .tuple(
      fc.constantFrom(...manifests),
      fc.nat(),
      fc.nat(12),
      fc.constantFrom(
        '',
        ' ',
        '\n',
        ': ',
        '- ',
        '{',
        '[',
        '"',
        "'",
        '*a',
        '&a ',
        '---\n',
        '\t',
        'null',
        '80',
        'true',
        '#',
        '__proto__: 1\n',
      ),
    )
    .map(([text, at, length, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + length));

  test('is read without a throw, and marked inside of the text', () => {
    fc.assert(
      fc.property(edited, (text) => {
        const parsed = parseManifest(text);
        const { objects, findings } = readObjects(parsed);
        const ranges = [
          ...parsed.problems.map(({ range }) => range),
          ...findings.map(({ finding, raw }) => parsed.locate(raw, finding.path)),
        ];
        expect(objects.length).toBeLessThanOrEqual(parsed.objects.length);
        for (const { from, to } of ranges) expect(from >= 0 && from <= to && to <= text.length).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('is refused, never thrown out, where a field holds something else than it should', () => {
    fc.assert(
      fc.property(fc.constantFrom(...manifests), fc.jsonValue({ maxDepth: 2 }), fc.nat(), (text, value, at) => {
        const lines = text.split('\n');
        const line = lines[at % lines.length] ?? '';
        const replaced = line.replace(/:.*$/, () => `: ${JSON.stringify(value)}`);
        expect(validateManifest(text.replace(line, () => replaced)).errors).toBeInstanceOf(Array);
      }),
      { numRuns: 400 },
    );
  });
});
