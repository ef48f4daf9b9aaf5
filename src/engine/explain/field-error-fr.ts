// Français : pourquoi le serveur d’API refuse un champ, et comment en sortir.

import { formatPath } from '../kube/field-path';
import type { FieldError } from '../kube/finding';
import { formatRef } from '../kube/ref';
import type { Catalogue } from './language';

export const FIELD_ERROR_FR: Catalogue<FieldError, 'reason'> = {
  missing: ({ object, path }) => `Il manque à ${formatRef(object)} le champ ${formatPath(path)}, ou bien il est vide.`,
  'unknown-kind': ({ value, allowed }) =>
    `Kubernetes 1.36 ne connaît pas le genre ${value}.${allowed.length === 0 ? '' : ` Vouliez-vous écrire ${allowed.join(' ou ')}\u202F?`}`,
};
