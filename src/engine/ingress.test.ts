// Row B15 of the course, and Gateway API beside it: a request from outside, through the load balancer and a controller's Pod, to the application.
// Rules, endpoints and addresses are taken away one at a time, and the answer changes as it would.

import { describe, expect, test } from 'vitest';
import { send as ask, type Built, build, reasons } from './course.test-support';
