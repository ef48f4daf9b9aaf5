// The samples of the gallery, in the order in which a course meets them.

import type { GalleryEntry } from './entry';
import { externalDatabase } from './external-database';
import { otherNamespace } from './other-namespace';
import { podToPodOneNode } from './pod-to-pod-one-node';
import { podToPodTwoNodes } from './pod-to-pod-two-nodes';
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
  selectorTypo,
  wrongTargetPort,
];

/** The sample of this id; null where there is none. */
export function entryOf(id: string): GalleryEntry | null {
  return GALLERY.find((entry) => entry.id === id) ?? null;
}
