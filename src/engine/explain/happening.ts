// A line of a cluster's history as a sentence in every language, and how much it weighs.

import type { Happening } from '../timeline/happening';
import { HAPPENING_EN } from './happening-en';
import { HAPPENING_FR } from './happening-fr';
import type { Catalogue, Told } from './language';
import { typographic } from './words-fr';

export function tellHappening(happening: Happening): Told {
  return { en: say(HAPPENING_EN, happening), fr: typographic(say(HAPPENING_FR, happening)) };
}

function say(catalogue: Catalogue<Happening, 'code'>, happening: Happening): string {
  const speak = catalogue[happening.code] as (happening: Happening) => string;
  return speak(happening);
}

/** What a person would look for first is trouble; what repeats itself is routine. */
export function weightOf(happening: Happening): 'routine' | 'step' | 'trouble' {
  switch (happening.code) {
    case 'unschedulable':
    case 'no-address-left':
    case 'image-missing':
    case 'pull-failed':
    case 'pull-backed-off':
    case 'backing-off':
    case 'container-killed':
    case 'config-missing':
    case 'mount-failed':
    case 'post-start-failed':
    case 'probe-failed':
    case 'not-ready':
    case 'node-unreachable':
    case 'evicted':
    case 'fault-set':
      return 'trouble';
    case 'container-exited':
      return happening.exitCode === 0 ? 'step' : 'trouble';
    case 'image-checked':
    case 'image-present':
    case 'names-written':
      return 'routine';
    default:
      return 'step';
  }
}
