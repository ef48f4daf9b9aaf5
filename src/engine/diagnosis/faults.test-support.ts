// Ways to break a cluster, none of which knows the cluster: each is a change of the objects, of the settings, of the request, or of the
// world as it runs, and the cause that a diagnosis should name, with the object at fault. The diagnosis is told none of this.

import type { Fault } from './breaking.test-support';
import { CONNECTION_FAULTS } from './faults-of-connections.test-support';
import { NAME_FAULTS } from './faults-of-names.test-support';
import { SERVICE_FAULTS } from './faults-of-services.test-support';
import { RUNNING_FAULTS } from './faults-of-some.test-support';

export const FAULTS: readonly Fault[] = [...SERVICE_FAULTS, ...NAME_FAULTS, ...CONNECTION_FAULTS, ...RUNNING_FAULTS];
