// Placeholders of templates: what Helm, Jinja, kustomize and envsubst fill in before kubectl ever sees the text. Actions between braces
// are no YAML; each is covered by as many characters of a kind that no manifest uses, so that the rest can be read where it stands.
// Lines that only steer (if, range, end) are blank, and of two branches the first counts. The others are legal text, and found later.
// Facts: helm.sh/docs/chart_template_guide; Jinja's template designer documentation; gettext's envsubst; kustomize's vars.

export type TemplateTool = 'helm' | 'jinja' | 'kustomize' | 'envsubst';

/** One action, and the character that covers it. */
export interface Cover {
  readonly mark: string;
  readonly written: string;
  readonly tool: TemplateTool;
}

export interface Covered {
  /** As long as the text that was given, line by line. */
  readonly text: string;
  readonly covers: readonly Cover[];
}

/** The first of the private characters of Unicode, one for each action of a document. */
const FIRST_MARK = 0xe000;
const MARKS = 6000;
const MARK = /[\uE000-\uF8FF]/;

/** A run of one mark: an action that stands inside of a value. */
export const RUNS = /([\uE000-\uF8FF])\1*/g;

const ACTION = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g;

/** The document with its actions covered; as it is where it has none, or is JSON, in which braces are its own. */
export function covered(text: string): Covered {
  if (!/\{\{|\{%/.test(text) || /^(?:---)?\s*[[{]\s*["}]/.test(text) || MARK.test(text)) return { text, covers: [] };
  const covers: Cover[] = [];
  const steering = new Steering();
  const blocks = blockLines(text);
  const lines = withJoinedActions(text).map((line, index) => {
    if (blocks.has(index)) return line.text;
    if (isAlone(line.text)) return steering.line(line.text) ?? labelsLine(line.text, covers) ?? blank(line.text);
    if (steering.isOut) return blank(line.text);
    return line.text.replace(ACTION, (written) => coverOf(written, covers));
  });
  return { text: lines.join('\n'), covers };
}

interface Line {
  readonly text: string;
}

/** Actions over several lines are comments as a rule: their lines are blanked as one. */
function withJoinedActions(text: string): readonly Line[] {
  const flat = text.replace(/\{\{[^}]*\n[\s\S]*?\}\}|\{#[^#]*\n[\s\S]*?#\}/g, blank);
  return flat.split('\n').map((line) => ({ text: line }));
}

function isAlone(line: string): boolean {
  return /\{\{|\{%|\{#/.test(line) && line.replace(ACTION, '').trim() === '';
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** Which lines are in force: the first branch of a condition, and no definition of a named template. */
class Steering {
  private readonly open: { word: string; out: boolean }[] = [];

  get isOut(): boolean {
    return this.open.some(({ out }) => out);
  }

  /** A line of actions that steer, blanked; null where it inserts something. */
  line(text: string): string | null {
    const words = [...text.matchAll(ACTION)].map(([action]) => /^\{[{%#][-+]?\s*([A-Za-z]+|\/\*|.)/.exec(action)?.[1] ?? '');
    for (const word of words) this.take(word);
    return this.isOut || words.every((word) => STEERS.test(word)) ? blank(text) : null;
  }

  private take(word: string): void {
    if (OPENS.test(word)) this.open.push({ word, out: word === 'define' || word === 'macro' });
    const last = this.open.at(-1);
    if (last !== undefined && /^(?:else|elif)$/.test(word)) last.out = true;
    if (/^end/.test(word)) this.open.pop();
  }
}

const OPENS = /^(?:if|range|with|define|for|macro)$/;
const STEERS = /^(?:if|range|with|define|for|macro|else|elif|end\w*|set|\/\*|\*|import|extends|#)$/;

/** The lines inside of a block of text (`|`, `>`), by number: they are nobody's structure. */
function blockLines(text: string): ReadonlySet<number> {
  const inside = new Set<number>();
  let depth: number | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const indent = line.length - line.trimStart().length;
    if (depth !== null && (line.trim() === '' || indent > depth)) inside.add(index);
    else depth = /:\s*[|>][-+\d]*\s*(?:#.*)?\r?$/.test(line) ? indent : null;
  }
  return inside;
}

/** `{{- include "web.selectorLabels" . | nindent 6 }}`: whatever these labels are, selectors and Pods have the same. */
function labelsLine(line: string, covers: Cover[]): string | null {
  const [action, indent] = /\{\{-?\s*include\s+"[^"]*[lL]abels"[^}]*?n?indent\s+(\d+)[^}]*\}\}/.exec(line) ?? [];
  const start = `${' '.repeat(Number(indent ?? 0))}app: `;
  const room = line.trimEnd().length - start.length;
  if (action === undefined || room < 1) return null;
  return start + coverOf(action, covers).charAt(0).repeat(room) + line.slice(start.length + room);
}

function coverOf(written: string, covers: Cover[]): string {
  const mark = String.fromCharCode(FIRST_MARK + (covers.length % MARKS));
  covers.push({ mark, written, tool: toolOf(written) });
  return mark.repeat(written.length);
}

const HELM =
  /^\{\{-?\s*(?:[.$(]|"|\/\*|(?:include|template|tpl|toYaml|toJson|if|else|end|with|range|define|block|quote|squote|printf|print|required|default|lookup|ternary|coalesce|eq|ne|and|or|not|int|trunc|lower|upper|b64enc|randAlphaNum|sha256sum)\b)/;

function toolOf(written: string): TemplateTool {
  return written.startsWith('{{') && HELM.test(written) ? 'helm' : 'jinja';
}

/** `${PORT}`, `${PORT:-80}`, `$PORT`; kustomize's `$(PORT)`. */
const VARIABLE = /\$\{[A-Za-z_]\w*(?::?[-=+?][^}]*)?\}|\$[A-Za-z_]\w*|\$\([A-Za-z_]\w*\)/g;

/** Variables in a value, which are legal YAML. */
export function variablesIn(value: string): readonly Pick<Cover, 'written' | 'tool'>[] {
  return [...value.matchAll(VARIABLE)].map(([written]) => ({ written, tool: written.startsWith('$(') ? 'kustomize' : 'envsubst' }));
}

/** What the template says itself in case that nobody fills it: `default 3`, `${PORT:-3}`; null where it says nothing. */
export function defaultOf(written: string): string | null {
  const shell = /^\$\{\w+:?[-=]([^}]*)\}$/.exec(written)?.[1];
  const [, quoted, bare] = /\bdefault\s*\(?\s*(?:["']([^"']*)["']|(-?\d[\w.]*|true|false)\b)/.exec(written) ?? [];
  return shell ?? quoted ?? bare ?? null;
}

/** A name for what is not known yet, the same wherever the same is asked for: `.Values.image.tag` is `image-tag`. */
export function standInFor(written: string): string {
  const template = /\b(?:include|template)\s+"([^".]+)/.exec(written)?.[1];
  const named =
    template ??
    /(?:\$\{?\(?|\.Values\.|\.)?([A-Za-z_][\w.-]*)/.exec(written.replace(/^\{\{-?\s*(?:[a-z]\w*\s+(?=[.$"(]))*/, ''))?.[1] ??
    'x';
  const words = named
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-');
  return words.replace(/^[-\d]+|-+$/g, '') || 'x';
}
