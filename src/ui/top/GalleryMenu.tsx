// The scenario's title, which opens the gallery of samples.

import { useId } from 'react';
import type { GalleryEntry } from '../../gallery/entry';
import { entryOf, GALLERY } from '../../gallery/gallery';
import { openEntry, useApp } from '../../store/app';
import { Icon } from '../Icon';
import { useMessages, useTold } from '../text';

export function GalleryMenu() {
  const id = useId();
  const text = useMessages();
  return (
    <>
      <button type="button" className="scenario" popoverTarget={id} aria-haspopup="dialog" title={text.gallery}>
        <span className="scenario-title">
          <ScenarioTitle />
        </span>
        <Icon name="down" />
      </button>
      <div id={id} popover="auto" className="gallery" role="dialog" aria-label={text.gallery}>
        <p className="gallery-hint">{text.galleryHint}</p>
        <GalleryList close={() => document.getElementById(id)?.hidePopover()} />
      </div>
    </>
  );
}

function ScenarioTitle() {
  const text = useMessages();
  const told = useTold();
  const sample = useApp((state) => state.scenario.sample);
  const written = useApp((state) => state.scenario.text);
  const entry = sample === null ? null : entryOf(sample);
  if (entry === null || written.trim() === '') return text.ownText;
  return (
    <>
      {told(entry.title)}
      {entry.text === written ? null : <em> · {text.changed}</em>}
    </>
  );
}

/** The samples as a list of buttons; also the way out of an empty plan. */
export function GalleryList({ close, only }: { readonly close?: () => void; readonly only?: number }) {
  const entries = only === undefined ? GALLERY : GALLERY.slice(0, only);
  return (
    <ul className="gallery-list">
      {entries.map((entry) => (
        <GalleryItem key={entry.id} entry={entry} marked={close !== undefined} close={close ?? (() => undefined)} />
      ))}
    </ul>
  );
}

interface GalleryItemProps {
  readonly entry: GalleryEntry;
  /** Whether the open sample is told apart. */
  readonly marked: boolean;
  readonly close: () => void;
}

function GalleryItem({ entry, marked, close }: GalleryItemProps) {
  const told = useTold();
  const here = useApp((state) => state.scenario.sample === entry.id);
  const open = (): void => {
    openEntry(entry.id);
    close();
  };
  return (
    <li>
      <button type="button" onClick={open} aria-current={marked && here}>
        <b>{told(entry.title)}</b>
        <span>{told(entry.description)}</span>
      </button>
    </li>
  );
}
