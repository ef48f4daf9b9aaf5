// Label selectors as `-l` takes them: `a=b,c!=d,e in (x,y),f notin (x),g,!h` (apimachinery's labels.Parse).

type Labels = Readonly<Record<string, string>>;
export type Selects = (labels: Labels) => boolean;

/** What the selector selects; null where it cannot be read. */
export function labelSelector(text: string): Selects | null {
  const read = text.split(/,(?![^(]*\))/).map((term) => requirement(term.trim()));
  const terms = read.filter((term) => term !== null);
  return terms.length < read.length ? null : (labels) => terms.every((term) => term(labels));
}

function requirement(term: string): Selects | null {
  const set = /^([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(term);
  if (set !== null) {
    const [, key = '', operator, listed = ''] = set;
    const values = listed.split(',').map((value) => value.trim());
    return (labels) => (operator === 'in') === (own(labels, key) !== undefined && values.includes(own(labels, key) ?? ''));
  }
  const equality = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/.exec(term);
  if (equality !== null) {
    const [, key = '', operator, value] = equality;
    return (labels) => (operator !== '!=') === (own(labels, key) === value);
  }
  const existence = /^(!?)\s*([\w./-]+)$/.exec(term);
  if (existence === null) return null;
  const [, not, key = ''] = existence;
  return (labels) => (not === '') === (own(labels, key) !== undefined);
}

function own(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
