// Français : chaque fait d’un trajet, en mots.

import { END_FR } from './end-fr';
import { HOOK_FR } from './hook-fr';
import { HTTP_FR } from './http-fr';
import type { Catalogue } from './language';
import { NAME_FR } from './name-fr';
import { PROGRAM_FR } from './program-fr';
import type { StepFact } from './step-fact';
import { TUNNEL_FR } from './tunnel-fr';
import { VIRTUAL_FR } from './virtual-fr';
import { WAY_FR } from './way-fr';
import type { Wording } from './wording';

export const STEP_FR: Catalogue<StepFact, 'code', Wording> = {
  ...NAME_FR,
  ...PROGRAM_FR,
  ...WAY_FR,
  ...TUNNEL_FR,
  ...VIRTUAL_FR,
  ...HOOK_FR,
  ...HTTP_FR,
  ...END_FR,
};
