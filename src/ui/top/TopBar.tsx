// The head of the page: mark, scenario title, request, options.

import { GalleryMenu } from './GalleryMenu';
import { Options } from './Options';
import { RequestBar } from './RequestBar';

export function TopBar() {
  return (
    <header className="top">
      <div className="brand">
        <Mark />
        <h1>Kubehop</h1>
        <GalleryMenu />
      </div>
      <RequestBar />
      <Options />
    </header>
  );
}

function Mark() {
  return (
    <svg width="30" height="20" viewBox="0 0 30 20" aria-hidden="true">
      <path d="M4 14H9L19 6H26" fill="none" stroke="var(--req)" strokeWidth="4.5" strokeLinejoin="round" />
      <circle cx="4.5" cy="14" r="3.4" fill="var(--sheet)" stroke="var(--ink)" strokeWidth="2" />
      <circle cx="25.5" cy="6" r="3.4" fill="var(--ink)" stroke="var(--ink)" strokeWidth="2" />
    </svg>
  );
}
