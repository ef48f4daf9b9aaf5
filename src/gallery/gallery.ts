// The samples of the gallery, in the order in which a course meets them.

import type { GalleryEntry } from './entry';
import { externalDatabase } from './external-database';
import { headless } from './headless';
import { ingress } from './ingress';
import { ipvs } from './ipvs';
import { localPolicy } from './local-policy';
import { nodePort } from './node-port';
import { otherNamespace } from './other-namespace';
import { overlay } from './overlay';
import { pingService } from './ping-service';
import { podToPodOneNode } from './pod-to-pod-one-node';
import { podToPodTwoNodes } from './pod-to-pod-two-nodes';
import { policyIsolates } from './policy-isolates';
import { policyWithoutDns } from './policy-without-dns';
import { scaledDeployment } from './scaled-deployment';
import { selectorTypo } from './selector-typo';
import { serviceThreePods } from './service-three-pods';
import { serviceTwoNodes } from './service-two-nodes';
import { severalPorts } from './several-ports';
import { wrongTargetPort } from './wrong-target-port';

export type { GalleryEntry };

/** What a first visit shows. */
export const FIRST_ENTRY: GalleryEntry = serviceThreePods;

export const GALLERY: readonly GalleryEntry[] = [
  serviceThreePods,
  serviceTwoNodes,
  podToPodOneNode,
  podToPodTwoNodes,
  scaledDeployment,
  severalPorts,
  otherNamespace,
  externalDatabase,
  headless,
  nodePort,
  localPolicy,
  ingress,
  selectorTypo,
  wrongTargetPort,
  pingService,
  policyIsolates,
  policyWithoutDns,
  overlay,
  ipvs,
];

/** The sample of this id; null where there is none. */
export function entryOf(id: string): GalleryEntry | null {
  return GALLERY.find((entry) => entry.id === id) ?? null;
}
