// The EndpointSlices that no controller writes here: those of people, and those that the mirroring controller makes of Endpoints by
// hand. A paste from a running cluster brings the controllers' own slices along, which would count twice beside the ones that are
// written anew; they stand only where the Pods behind them were not copied.

import { type EndpointSlice, type Endpoints, SERVICE_NAME_LABEL } from '../kube/endpoints';
import { isStored, type ObjectMeta } from '../kube/meta';
import type { Pod } from '../kube/pod';
import type { Service } from '../kube/service';
import { isSelected, MANAGED_BY_LABEL, SLICE_CONTROLLER } from './endpoint-slices';
import type { Inventory } from './inventory';
import { MIRRORING_CONTROLLER, mirror, SKIP_LABEL, slicesOf } from './mirroring';

interface Around {
  readonly services: readonly Service[];
  readonly pods: readonly Pod[];
}

export function handWritten({ endpoints, endpointSlices }: Inventory, around: Around): readonly EndpointSlice[] {
  const kept = endpointSlices.filter((slice) => !isWrittenAnew(slice, endpoints, around));
  const sliced = (object: Endpoints): boolean => kept.some((slice) => belongs(slice, object.metadata));
  const unsliced = endpoints.filter((object) => isStored(object.metadata) && !sliced(object));
  return [
    ...kept,
    ...mirror(endpoints, around.services),
    ...unsliced.filter((object) => isOfApiServer(object) || lacksPods(object, around)).flatMap(slicesOf),
  ];
}

function isWrittenAnew(slice: EndpointSlice, endpoints: readonly Endpoints[], around: Around): boolean {
  const service = around.services.find((each) => belongs(slice, each.metadata));
  const writer = slice.metadata.labels[MANAGED_BY_LABEL];
  if (writer === MIRRORING_CONTROLLER) return endpoints.some((object) => belongs(slice, object.metadata));
  return writer === SLICE_CONTROLLER && service !== undefined && around.pods.some((pod) => isSelected(pod, service));
}

/** The API server writes Endpoints and slice of `kubernetes` itself, and tells the mirroring controller to keep away. */
function isOfApiServer({ metadata }: Endpoints): boolean {
  return metadata.namespace === 'default' && metadata.name === 'kubernetes' && metadata.labels[SKIP_LABEL] === 'true';
}

/** The endpoints controller found Pods that the text does not show. */
function lacksPods({ metadata }: Endpoints, { services, pods }: Around): boolean {
  const service = services.find((each) => each.metadata.namespace === metadata.namespace && each.metadata.name === metadata.name);
  return service !== undefined && service.spec.selector !== null && !pods.some((pod) => isSelected(pod, service));
}

function belongs(slice: EndpointSlice, { namespace, name }: ObjectMeta): boolean {
  return slice.metadata.namespace === namespace && slice.metadata.labels[SERVICE_NAME_LABEL] === name;
}
