// Files may be dropped anywhere on the page. While they hang over it, a veil says what dropping them does.

import { useEffect, useState } from 'react';
import { dropFiles, replacesText } from '../store/incoming';
import { useMessages } from './text';

export function DropVeil() {
  const text = useMessages();
  const [over, setOver] = useState(false);
  useEffect(() => listen(setOver), []);
  if (!over) return null;
  return (
    <div className="drop-veil" role="status">
      {replacesText() ? text.dropToOpen : text.dropBelow}
    </div>
  );
}

/** In the capture phase, so that the editor and the plan do not take the files for themselves. */
function listen(setOver: (over: boolean) => void): () => void {
  const hover = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(true);
  };
  const leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) setOver(false);
  };
  const drop = (event: DragEvent): void => {
    setOver(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    dropFiles([...(event.dataTransfer?.files ?? [])]).catch((error: unknown) => reportError(error));
  };
  window.addEventListener('dragover', hover, true);
  window.addEventListener('dragleave', leave, true);
  window.addEventListener('drop', drop, true);
  return () => {
    window.removeEventListener('dragover', hover, true);
    window.removeEventListener('dragleave', leave, true);
    window.removeEventListener('drop', drop, true);
  };
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
