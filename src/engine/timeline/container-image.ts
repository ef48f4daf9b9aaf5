// How a container comes by its image (pkg/kubelet/images/image_manager.go, EnsureImageExists): the node has it, it is pulled, or neither.
// Left out: registries' credentials, and that a node forgets images when its disk is full. `Never` is taken for an image that somebody put
// there by hand, unless its annotation says that there is none.

import type { Container } from '../kube/pod';
import { PULL_CHECK } from './delays';
import type { Fact } from './happening';
import type { Program } from './program';

type Wanted = Pick<Container, 'image' | 'imagePullPolicy'>;

/** Milliseconds until the image is there, or is found not to be. */
export function pullTime({ image, imagePullPolicy }: Wanted, pull: Program['pull'], images: readonly string[]): number {
  if (pull === 'error' || imagePullPolicy === 'Never') return 0;
  if (!images.includes(image)) return pull;
  return imagePullPolicy === 'Always' ? PULL_CHECK : 0;
}

/** What the kubelet found; null where there is no such image. */
export function imageFound({ name, image, imagePullPolicy }: Container, pull: Program['pull'], images: readonly string[]): Fact | null {
  const isThere = images.includes(image);
  if (pull === 'error' && (imagePullPolicy === 'Always' || !isThere)) return null;
  if (imagePullPolicy === 'Never' || (isThere && imagePullPolicy === 'IfNotPresent'))
    return { code: 'image-present', container: name, image };
  if (isThere) return { code: 'image-checked', container: name, image, took: PULL_CHECK };
  return { code: 'image-pulled', container: name, image, took: pull === 'error' ? 0 : pull };
}
