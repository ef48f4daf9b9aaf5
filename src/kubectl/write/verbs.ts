// The verbs that change something, by their words.

import { writtenObjects } from '../../engine/index';
import { refused } from '../answer';
import type { Verb } from '../call';
import { attachTo } from '../shell/attached';
import { apply } from './apply';
import { autoscale } from './autoscale';
import { createFromFiles, createNamed, SUBCOMMANDS } from './create';
import { remove } from './delete';
import { diff } from './diff';
import { edit } from './edit';
import { expose } from './expose';
import { annotate, label } from './label';
import { cordon, drain, uncordon } from './nodes';
import { patch } from './patch';
import { replace } from './replace';
import { history, pause, restart, resume, status, undo } from './rollout';
import { runWith } from './run';
import { scale } from './scale';
import { setEnv, setImage, setResources, setSelector, setServiceAccount } from './set';
import { taint } from './taint';
import { wait } from './wait';

/** A manifest that is half typed is not written on: what the command did would be lost, or done to an older text. */
function careful(verb: Verb): Verb {
  return (call) => {
    const [broken] = writtenObjects(call.server.manifest).unreadable;
    if (broken === undefined) return verb(call);
    return refused(`line ${broken.lineInText} of the manifest cannot be read: nothing was changed`);
  };
}

const LOOKING_ON = ['diff', 'rollout history', 'rollout status', 'wait'];

export const CHANGING_VERBS: Readonly<Record<string, Verb>> = Object.fromEntries(
  Object.entries(verbs()).map(([path, verb]) => [path, LOOKING_ON.includes(path) ? verb : careful(verb)]),
);

function verbs(): Readonly<Record<string, Verb>> {
  return {
    annotate,
    apply,
    autoscale,
    cordon,
    create: createFromFiles,
    ...Object.fromEntries(Object.keys(SUBCOMMANDS).map((subcommand) => [`create ${subcommand}`, createNamed(subcommand)])),
    delete: remove,
    diff,
    drain,
    edit,
    expose,
    label,
    patch,
    replace,
    'rollout history': history,
    'rollout pause': pause,
    'rollout restart': restart,
    'rollout resume': resume,
    'rollout status': status,
    'rollout undo': undo,
    run: runWith(attachTo),
    scale,
    'set env': setEnv,
    'set image': setImage,
    'set resources': setResources,
    'set selector': setSelector,
    'set serviceaccount': setServiceAccount,
    taint,
    uncordon,
    wait,
  };
}
