// English: why the API server refuses a field, and the way out.

import { formatPath } from '../kube/field-path';
import type { FieldError } from '../kube/finding';
import { formatRef } from '../kube/ref';
import type { Catalogue } from './language';

export const FIELD_ERROR_EN: Catalogue<FieldError, 'reason'> = {
  missing: ({ object, path }) => `${formatRef(object)} needs the field ${formatPath(path)}, and it is missing or empty.`,
  'unknown-kind': ({ value, allowed }) =>
    `Kubernetes 1.36 has no kind ${value}.${allowed.length === 0 ? '' : ` Did you mean ${allowed.join(' or ')}?`}`,
};
