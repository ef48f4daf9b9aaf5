// What comes out of the text: objects with the place of every field, and what could not be read.

import type { FieldPath } from '../kube/field-path';
import type { TemplateTool } from './placeholders';
import type { Recording } from './recordings';

/** Offsets into the text, `to` exclusive. Line and column are made at the edge. */
export interface SourceRange {
  readonly from: number;
  readonly to: number;
}

/** A stretch of text that is no YAML. */
export interface ParseProblem {
  /** Counted from 0 over the non-empty documents, as in `RawObject`. */
  readonly document: number;
  readonly code: string;
  /** The parser's own words, in English. */
  readonly message: string;
  readonly range: SourceRange;
}

/** One object as written: plain data, not yet defaulted. A null is the same as absent, except as the item of a list. */
export interface RawObject {
  /** Counted from 0 over the non-empty documents of the text; the items of a List share the document of the List. */
  readonly document: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** The way from the document's root: empty, or `['items', 3]` for an item of a List. */
  readonly root: FieldPath;
}

/** A value in which a template's tool has something to fill in. Something stands in for it until then. */
export interface Placeholder {
  readonly object: RawObject;
  readonly path: FieldPath;
  readonly placeholders: readonly { readonly written: string; readonly tool: TemplateTool }[];
  /** The value is nothing else. */
  readonly isWhole: boolean;
}

export interface ParsedManifest {
  readonly objects: readonly RawObject[];
  readonly problems: readonly ParseProblem[];
  /** What tools of a machine printed, found among the objects. */
  readonly recordings: readonly Recording[];
  /** Keys that stand twice in one mapping; the last one counts. */
  readonly repeated: readonly { readonly object: RawObject; readonly path: FieldPath }[];
  /** Values and keys that are a bare y or n, which the API server's parser takes for true or false. */
  readonly letters: readonly { readonly object: RawObject; readonly path: FieldPath; readonly letter: string }[];
  readonly placeholders: readonly Placeholder[];
  /** The place of a field; of its nearest present parent where it is missing. */
  readonly locate: (object: RawObject, path: FieldPath) => SourceRange;
  /** The text of the object's document, without the line of dashes before it; null for an item of a List. */
  readonly documentText: (object: RawObject) => string | null;
}
