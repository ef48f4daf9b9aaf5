// Label selectors as `-l` takes them: `a=b,c!=d,e in (x,y),f notin (x),g,!h,i>1` (apimachinery's labels.Parse).

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
  const size = /^([\w./-]+)\s*([<>])\s*(-?\d+)$/.exec(term);
  if (size !== null) {
    const [, key = '', operator, value] = size;
    return (labels) => {
      const found = Number(own(labels, key) ?? Number.NaN);
      return operator === '>' ? found > Number(value) : found < Number(value);
    };
  }
  const existence = /^(!?)\s*([\w./-]+)$/.exec(term);
  if (existence === null) return null;
  const [, not, key = ''] = existence;
  return (labels) => (not === '') === (own(labels, key) !== undefined);
}

function own(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** Why a selector cannot be read, in the words of the parser: the first term that it stumbles over. */
export function selectorProblem(text: string): string {
  const terms = text.split(/,(?![^(]*\))/).map((term) => term.trim());
  const wrong = terms.find((term) => requirement(term) === null) ?? '';
  const [, key = '', , rest = ''] = /^(!?[\w./-]*)(\s*)(\S*)/.exec(wrong) ?? [];
  if (key === '' || key === '!') return `unable to parse requirement: found '${rest}', expected: !, identifier, or 'end of string'`;
  const [, operator, value = ''] = /^(==|=|!=|[<>]|in\b|notin\b)\s*(.*)$/.exec(wrong.slice(key.length).trim()) ?? [];
  if (operator === undefined) return `unable to parse requirement: found '${rest}', expected: in, notin, =, ==, !=, gt, lt`;
  if (operator === 'in' || operator === 'notin') return `unable to parse requirement: found '${value.slice(0, 1)}', expected: '('`;
  return `unable to parse requirement: found '${value.replace(/^[\w.-]*\s*/, '')}', expected: ',' or 'end of string'`;
}
