// The C library of a Pod's program, on which its resolver depends: the annotation kubehop.dev/libc says it, else the name of the image, which
// for Alpine says so by custom. The first container counts, as it does for `kubectl exec`.

import type { RunningPod } from '../controlplane/cluster';
import type { Libc } from '../net/zone';

const LIBC_ANNOTATION = 'kubehop.dev/libc';

export function libcOf({ metadata, spec }: RunningPod): Libc {
  const said = metadata.annotations[LIBC_ANNOTATION];
  if (said === 'musl' || said === 'glibc') return said;
  return /alpine/i.test(spec.containers[0]?.image ?? '') ? 'musl' : 'glibc';
}
