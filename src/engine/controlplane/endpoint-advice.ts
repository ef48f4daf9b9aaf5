// Endpoints and EndpointSlices written by hand that nobody reads.

import { SERVICE_NAME_LABEL } from '../kube/endpoints';
import type { Finding } from '../kube/finding';
import { isStored, type ObjectMeta, refOf } from '../kube/meta';
import { mostSimilar } from '../kube/nearest';
import type { Service } from '../kube/service';
import type { Reviewed } from './reviewed';

export function adviseOnEndpoints({ text, cluster }: Reviewed): readonly Finding[] {
  const { services } = cluster;
  return [
    ...text.endpoints.filter(byHand).flatMap((each) => adviseOnEndpointsObject(each, services)),
    ...text.endpointSlices.filter(byHand).flatMap((each) => adviseOnSlice(each, services)),
  ];
}

/** Of a running cluster, controllers wrote them; what they name and the text lacks is told in `absent.ts`. */
function byHand({ metadata }: { readonly metadata: ObjectMeta }): boolean {
  return !isStored(metadata);
}

/** The endpoints controller overwrites them where the Service has a selector, and the mirroring controller looks for a Service. */
function adviseOnEndpointsObject(endpoints: Reviewed['text']['endpoints'][number], services: readonly Service[]): readonly Finding[] {
  const { name } = endpoints.metadata;
  const about = { object: refOf(endpoints), path: ['metadata', 'name'] };
  const service = named(name, endpoints.metadata, services);
  if (service === undefined)
    return [{ ...about, severity: 'warning', code: 'endpoints-without-service', nearest: nearest(name, endpoints.metadata, services) }];
  const { selector } = service.spec;
  return selector === null ? [] : [{ ...about, severity: 'warning', code: 'endpoints-ignored', selector }];
}

function adviseOnSlice(slice: Reviewed['text']['endpointSlices'][number], services: readonly Service[]): readonly Finding[] {
  const service = slice.metadata.labels[SERVICE_NAME_LABEL];
  const object = refOf(slice);
  if (service === undefined) return [{ object, path: ['metadata', 'labels'], severity: 'warning', code: 'slice-without-service' }];
  if (named(service, slice.metadata, services) !== undefined) return [];
  const path = ['metadata', 'labels', SERVICE_NAME_LABEL];
  return [
    { object, path, severity: 'warning', code: 'slice-of-unknown-service', service, nearest: nearest(service, slice.metadata, services) },
  ];
}

function named(name: string, { namespace }: ObjectMeta, services: readonly Service[]): Service | undefined {
  return services.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
}

function nearest(name: string, { namespace }: ObjectMeta, services: readonly Service[]): string | null {
  return mostSimilar(
    name,
    services.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name),
  );
}
