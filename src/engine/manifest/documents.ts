// The text cut into YAML documents, each parsed alone, so that a document that is half typed (an open quote, an open bracket) cannot
// swallow the next one: a line that begins with `---` ends a document whatever stands before it (YAML 1.2, 9.1.2, c-forbidden).
// Tags are those that goyaml knows where it reads into JSON: no dates, no sets, no base-60 numbers; but a bare y or n stays a letter.

import { type Document, isScalar, parseAllDocuments, type Tags } from 'yaml';
import { isBareLetter } from './bare-letters';
import { messageOf } from './message';
import { type Cover, covered } from './placeholders';
import { recordingsIn, withoutRecordings } from './recordings';

/** A document and where it begins in the text: the places of its nodes count from there. */
export interface Placed {
  readonly document: Document;
  readonly offset: number;
  /** Actions of a template that were covered before it was read. */
  readonly covers: readonly Cover[];
}

/** A stretch that the parser gave up on. */
export interface Unparsed {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

export function documentsOf(text: string): readonly (Placed | Unparsed)[] {
  return chunksOf(withoutRecordings(text, recordingsIn(text))).flatMap(({ chunk, offset }) => parse(chunk, offset));
}

function parse(chunk: string, offset: number): readonly (Placed | Unparsed)[] {
  try {
    const { text, covers } = covered(chunk);
    const parsed = parseAllDocuments(text, {
      version: '1.1',
      uniqueKeys: false,
      merge: true,
      customTags: likeGoyaml,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const documents: readonly Document[] = Array.isArray(parsed) ? (parsed as unknown as Document[]) : [];
    return documents.filter((document) => !isEmpty(document)).map((document) => ({ document, offset, covers }));
  } catch (error) {
    return [{ message: messageOf(error), offset, length: chunk.length }];
  }
}

interface Chunk {
  readonly chunk: string;
  readonly offset: number;
}

/** A line with more than a comment. */
const CONTENT = /^[^\S\n]*[^\s#]/m;
const MORE_THAN_DIRECTIVES = /^[^\S\n]*[^\s#%]/m;

/** Stretches that begin at a `---`, without the empty ones; directives stay with the document that they precede. */
function chunksOf(text: string): readonly Chunk[] {
  const starts = [0, ...[...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index), ...unmarkedStarts(text)].sort((a, b) => a - b);
  const chunks: Chunk[] = [];
  let from = 0;
  for (const index of starts.keys()) {
    const end = starts[index + 1] ?? text.length;
    const chunk = text.slice(from, end);
    const isPreface = chunk.includes('%') && !MORE_THAN_DIRECTIVES.test(chunk) && index + 1 < starts.length;
    if (isPreface) continue;
    if (CONTENT.test(chunk.replace(/^---/, ''))) chunks.push({ chunk, offset: from });
    from = end;
  }
  return chunks;
}

/** Two outputs of kubectl, one pasted below the other: a JSON object behind a closed one (which kubectl reads as well), and whatever
 *  follows a List of YAML, which ends with its own metadata. Nobody writes either by hand. */
function unmarkedStarts(text: string): readonly number[] {
  const followers = [/^\}\s*\n(?=\{)/gm, /^kind: \w*List\r?\nmetadata:\r?\n {2}resourceVersion: .*\r?\n\s*(?=apiVersion:)/gm];
  return followers.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match.index + match[0].length));
}

function isEmpty(document: Document): boolean {
  return document.errors.length === 0 && (document.contents === null || (isScalar(document.contents) && document.contents.value === null));
}

/** What JSON has no word for: goyaml gives the text (dates) or knows no such tag. */
const LEFT_OUT = /^tag:yaml\.org,2002:(?:timestamp|binary|omap|pairs|set)$/;

/** Texts of a tag that are meant as such: a single letter is a name (`bare-letters.ts`), and so is e1, since a number has a digit first. */
const MEANT: Readonly<Record<string, (text: string) => boolean>> = {
  'tag:yaml.org,2002:bool': (text) => !isBareLetter(text),
  'tag:yaml.org,2002:float': (text) => /^[-+]?\.?\d/.test(text) || /^[-+]?\.(?:inf|nan)$/i.test(text),
};

/** goyaml has no base-60 numbers: 12:30 is a string. */
function likeGoyaml(tags: Tags): Tags {
  return tags.flatMap((tag): Tags => {
    if (typeof tag === 'string') return [tag];
    if (tag.format === 'TIME' || LEFT_OUT.test(tag.tag)) return [];
    const isMeant = MEANT[tag.tag];
    if (isMeant === undefined || !('test' in tag) || tag.test === undefined) return [tag];
    const original = tag.test;
    return [{ ...tag, test: { test: (text: string) => original.test(text) && isMeant(text) } as RegExp }];
  });
}
