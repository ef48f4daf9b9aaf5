// The plan of an empty text: its grid, one district in dashes, and samples to begin with.

import { useMessages } from '../text';
import { GalleryList } from '../top/GalleryMenu';

export function EmptyPlan() {
  const text = useMessages();
  return (
    <div className="empty">
      <div className="empty-district">
        <h2>{text.emptyTitle}</h2>
        <p>{text.emptyText}</p>
        <GalleryList only={3} />
      </div>
    </div>
  );
}
