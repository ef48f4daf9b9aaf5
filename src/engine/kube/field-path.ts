// The way to a field inside an object, and its text as the API server writes it: `spec.ports[0].port`.

/** Keys of maps and indices of lists, from the root of the object. */
export type FieldPath = readonly (string | number)[];

/** Keys that hold a dot or a slash are set in brackets, as `field.Path` of apimachinery does with `Key()`; but for the one place where
 *  the API server takes `Child()`, the class annotation of an Ingress: `annotations.kubernetes.io/ingress.class`. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/[./]/.test(part) && path[0] !== 'annotations') text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}
