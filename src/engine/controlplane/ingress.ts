// Who serves an Ingress: the class that admission gives to those without one, and the controller's Pods (ingress-nginx: a class is its own
// where the IngressClass names its controller; plugin/pkg/admission/network/defaultingressclass).

import { CLASS_ANNOTATION, type Ingress, type IngressClass } from '../kube/ingress';
import { selects } from '../kube/meta';
import type { Service, ServicePort } from '../kube/service';
import type { Ip } from '../net/ip';
import type { Cluster, RunningPod } from './cluster';
import { numberOf } from './target-port';

const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class';
export const NGINX_CONTROLLER = 'k8s.io/ingress-nginx';
/** The class that ingress-nginx takes for its own where an annotation names it (--ingress-class). */
const NGINX_CLASS = 'nginx';

/** Ingresses as they are after admission: one without a class has the one class that is marked as default. */
export function admitted(ingresses: readonly Ingress[], classes: readonly IngressClass[]): readonly Ingress[] {
  const marked = classes.filter(({ metadata }) => metadata.annotations[DEFAULT_CLASS] === 'true');
  const [single] = marked;
  if (single === undefined || marked.length > 1) return ingresses;
  const hasClass = ({ spec, metadata }: Ingress): boolean => spec.className !== null || CLASS_ANNOTATION in metadata.annotations;
  return ingresses.map((ingress) =>
    hasClass(ingress) ? ingress : { ...ingress, spec: { ...ingress.spec, className: single.metadata.name } },
  );
}

/** Whether ingress-nginx serves it: by its class, or by the old annotation. */
export function isServedByNginx({ spec, metadata }: Ingress, classes: readonly IngressClass[]): boolean {
  if (spec.className === null) return metadata.annotations[CLASS_ANNOTATION] === NGINX_CLASS;
  return classes.some((known) => known.metadata.name === spec.className && known.controller === NGINX_CONTROLLER);
}

/** The Services at which requests from outside reach the controller: those whose address is in the status of an Ingress, else those that select
 *  Pods with its labels. Where a manifest that is the whole cluster has neither, it is the one Service that a load balancer stands before. */
export function controllerServices({
  services,
  ingresses,
  settings,
}: Pick<Cluster, 'services' | 'ingresses' | 'settings'>): readonly Service[] {
  const announced = new Set(ingresses.flatMap(({ status }) => status.loadBalancer.flatMap(({ ip }) => ip ?? [])));
  const balanced = services.filter(({ spec, status }) => spec.type === 'LoadBalancer' && status.loadBalancer.length > 0);
  const named = balanced.filter(({ status }) => status.loadBalancer.some(({ ip }) => ip !== null && announced.has(ip)));
  const labelled = services.filter(({ spec }) => spec.selector !== null && isController(spec.selector));
  if (named.length > 0 || labelled.length > 0) return named.length > 0 ? named : labelled;
  return ingresses.length > 0 && !settings.conveniences && balanced.length === 1 ? balanced : [];
}

const CONTROLLER_LABEL = 'app.kubernetes.io/name';

/** Whether the labels are those of the controller (its Helm chart, its static manifests). */
export function isController(labels: Readonly<Record<string, string>>): boolean {
  return labels[CONTROLLER_LABEL] === 'ingress-nginx';
}

/** The controller's Pods. */
export function controllerPods(cluster: Pick<Cluster, 'services' | 'ingresses' | 'settings' | 'pods'>): readonly RunningPod[] {
  const services = controllerServices(cluster);
  return cluster.pods.filter((pod) => services.some((service) => isBehind(pod, service)));
}

function isBehind({ metadata }: RunningPod, service: Service): boolean {
  const { selector } = service.spec;
  return selector !== null && service.metadata.namespace === metadata.namespace && selects(selector, metadata.labels);
}

/** The addresses at which hosts of Ingresses answer. */
export function ingressAddresses(cluster: Pick<Cluster, 'services' | 'ingresses' | 'settings'>): readonly Ip[] {
  return controllerServices(cluster).flatMap(({ status }) => status.loadBalancer.flatMap(({ ip }) => ip ?? []));
}

/** The ports of a controller's Pod on which it takes requests, and whether they are HTTPS there; none for other Pods. */
export function entryPorts(pod: RunningPod, cluster: Pick<Cluster, 'services' | 'ingresses' | 'settings'>): ReadonlyMap<number, boolean> {
  const services = controllerServices(cluster).filter((service) => isBehind(pod, service));
  return new Map(
    services.flatMap(({ spec }) =>
      spec.ports.flatMap((port): [number, boolean][] => {
        const number = numberOf(port, pod);
        return number === null || port.protocol !== 'TCP' ? [] : [[number, isTls(port)]];
      }),
    ),
  );
}

function isTls({ name, port, targetPort, appProtocol }: ServicePort): boolean {
  return [name, targetPort, appProtocol].includes('https') || port === 443;
}
