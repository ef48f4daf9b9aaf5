// The Ingress controller that we add for convenience where the text has an Ingress and nobody who reads it: ingress-nginx behind a load
// balancer, as its Helm chart installs it, with its class `nginx`. The class is not marked as default, as in that chart.

import { NO_AFFINITY } from '../kube/affinity';
import type { Ingress, IngressClass } from '../kube/ingress';
import { type ApiObject, isStored, type Labels } from '../kube/meta';
import type { PodSpec } from '../kube/pod';
import type { Service } from '../kube/service';
import { DEPLOYMENT_DEFAULTS, type Deployment, NO_DEPLOYMENT_STATUS } from '../kube/workload';
import type { ClusterSettings } from './cluster';
import { containerPort, meta, service, servicePort } from './defaults';
import { controllerServices, isController, NGINX_CONTROLLER } from './ingress';
import { type Inventory, templatesOf } from './inventory';

const NAMESPACE = 'ingress-nginx';
const NAME = 'ingress-nginx-controller';
const LABELS: Labels = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/component': 'controller',
};

/** Deployment, Service and IngressClass, as far as the text has none; nothing where it has no Ingress. */
export function missingController(text: Inventory, settings: ClusterSettings): readonly ApiObject[] {
  if (text.ingresses.every(isServedElsewhere)) return [];
  const hasClass = text.ingressClasses.some(({ controller, metadata }) => controller === NGINX_CONTROLLER || metadata.name === 'nginx');
  return [...(hasController(text, settings) ? [] : [controllerService(), controllerDeployment()]), ...(hasClass ? [] : [nginxClass()])];
}

/** A paste that names another class comes from a cluster with another controller. */
function isServedElsewhere({ metadata, spec }: Ingress): boolean {
  return isStored(metadata) && spec.className !== null && spec.className !== 'nginx';
}

/** A Service in front of it, or Pods with its labels, whoever makes them. */
function hasController(text: Inventory, settings: ClusterSettings): boolean {
  const labels = [
    ...text.pods.map(({ metadata }) => metadata.labels),
    ...templatesOf(text).map(({ spec }) => spec.template.metadata.labels),
  ];
  return controllerServices({ ...text, settings }).length > 0 || labels.some(isController);
}

function nginxClass(): IngressClass {
  return { kind: 'IngressClass', metadata: meta('nginx', null, LABELS), controller: NGINX_CONTROLLER };
}

function controllerService(): Service {
  const ports = [servicePort('http', 80, 'http'), servicePort('https', 443, 'https')];
  const inside = service(meta(NAME, NAMESPACE, LABELS), LABELS, { ips: [], ports });
  return { ...inside, spec: { ...inside.spec, type: 'LoadBalancer' } };
}

function controllerDeployment(): Deployment {
  return {
    kind: 'Deployment',
    metadata: meta(NAME, NAMESPACE, LABELS),
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS, matchExpressions: [] },
      template: { metadata: { labels: LABELS, annotations: {} }, spec: POD, written: {} },
      ...DEPLOYMENT_DEFAULTS,
    },
    status: NO_DEPLOYMENT_STATUS,
  };
}

const POD: PodSpec = {
  containers: [
    {
      name: 'controller',
      image: 'registry.k8s.io/ingress-nginx/controller:v1.14.0',
      ports: [containerPort('http', 80, 'TCP'), containerPort('https', 443, 'TCP')],
      readinessProbe: null,
      livenessProbe: null,
      startupProbe: null,
      restartPolicy: null,
      command: [],
      args: [],
      stdin: false,
      sources: [],
      imagePullPolicy: 'IfNotPresent',
      env: [],
      postStart: null,
      preStop: null,
      resources: { cpuRequest: '100m', memoryRequest: '90Mi', hasLimits: false },
    },
  ],
  initContainers: [],
  volumes: [],
  nodeName: null,
  nodeSelector: {},
  tolerations: [],
  affinity: NO_AFFINITY,
  topologySpreadConstraints: [],
  hostNetwork: false,
  hostname: null,
  subdomain: null,
  dnsPolicy: 'ClusterFirst',
  dnsConfig: null,
  hostAliases: [],
  enableServiceLinks: true,
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 30,
  readinessGates: [],
};
