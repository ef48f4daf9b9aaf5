// The verbs that run something in a container or on a node, or open a way to one.

import type { Verbs } from '../call';
import { attach } from './attach';
import { debug } from './debug';
import { exec } from './exec';
import { logs } from './logs';
import { portForward, proxy } from './tunnels';

export const RUNNING_VERBS: Verbs = { exec, logs, debug, attach, 'port-forward': portForward, proxy };
