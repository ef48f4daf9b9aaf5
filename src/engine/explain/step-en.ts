// English: every fact of a trace in words.

import { END_EN } from './end-en';
import { HOOK_EN } from './hook-en';
import { HTTP_EN } from './http-en';
import type { Catalogue } from './language';
import { NAME_EN } from './name-en';
import { PROGRAM_EN } from './program-en';
import type { StepFact } from './step-fact';
import { TUNNEL_EN } from './tunnel-en';
import { VIRTUAL_EN } from './virtual-en';
import { WAY_EN } from './way-en';
import type { Wording } from './wording';

export const STEP_EN: Catalogue<StepFact, 'code', Wording> = {
  ...NAME_EN,
  ...PROGRAM_EN,
  ...WAY_EN,
  ...TUNNEL_EN,
  ...VIRTUAL_EN,
  ...HOOK_EN,
  ...HTTP_EN,
  ...END_EN,
};
