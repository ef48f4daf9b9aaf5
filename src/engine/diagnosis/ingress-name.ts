// A host name that stands in an Ingress, and that nobody knows: the controller in front of it has no address, or there is none.

import { controllerServices } from '../controlplane/ingress';
import { isUnanswered } from '../controlplane/load-balancer';
import { refOf } from '../kube/meta';
import { formatRef } from '../kube/ref';
import type { Service } from '../kube/service';
import type { Cause } from './diagnosis';
import { type Given, labelOf } from './given';
import { NOTHING, serviceLine } from './output';
import { cause, kubectl, type Look, type Stage } from './stage';

/** The checks of such a name; null where no Ingress speaks of it. */
export function ingressOfName(given: Given, host: string): readonly Stage[] | null {
  const ingress = given.cluster.ingresses.find(({ spec }) => spec.rules.some((rule) => rule.host === host));
  if (ingress === undefined) return null;
  const services = controllerServices(given.cluster);
  const waiting = services.find(isUnanswered) ?? null;
  const notServed = cause(
    {
      code: 'ingress-not-served',
      ingress: labelOf(given, ingress.metadata),
      host,
      name: ingress.spec.className,
      known: given.cluster.ingressClasses.map(({ metadata }) => metadata.name),
    },
    { object: refOf(ingress), path: ['spec', 'ingressClassName'] },
  );
  return [
    { code: 'service-exists', about: 'proxy', look: () => entry(given, services, waiting === null ? notServed : pending(given, waiting)) },
  ];
}

function entry(given: Given, services: readonly Service[], complaint: Cause): Look {
  const [service] = services;
  const label = service === undefined ? '' : labelOf(given, service.metadata);
  return {
    fact: { code: 'service-exists', service: label, type: service?.spec.type ?? '', address: '' },
    command: kubectl(`get services -A -l app.kubernetes.io/name=ingress-nginx`),
    output: services.length === 0 ? NOTHING : services.map(serviceLine),
    complaint,
  };
}

/** Why the load balancer has given no address: as the control plane told when it settled. */
export function pending(given: Given, service: Service): Cause {
  const ref = refOf(service);
  const told = given.built.findings
    .map(({ finding }) => finding)
    .find((finding) => finding.code === 'load-balancer-pending' && formatRef(finding.object) === formatRef(ref));
  const [reason, detail] = told?.code === 'load-balancer-pending' ? [told.reason, told.detail] : [null, ''];
  const path = reason === 'class-unserved' ? ['spec', 'loadBalancerClass'] : ['spec', 'type'];
  return cause({ code: 'load-balancer-pending', service: labelOf(given, service.metadata), reason, detail }, { object: ref, path });
}
