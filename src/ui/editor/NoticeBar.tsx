// What the page did with a pasted text or a dropped file: values of Secrets that were taken out, files that were refused.

import { useApp } from '../../store/app';
import { dismissNotice } from '../../store/incoming';
import type { Notice } from '../../store/state';
import { Icon } from '../Icon';
import { useMessages } from '../text';

export function NoticeBar() {
  const text = useMessages();
  const notice = useApp((state) => state.notice);
  return (
    <div role="status">
      {notice === null ? null : (
        <div className="notice">
          <p>{sentence(notice, text)}</p>
          <button type="button" aria-label={text.dismiss} onClick={dismissNotice}>
            <Icon name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}

const MEGABYTE = 1024 * 1024;

function sentence(notice: Notice, text: ReturnType<typeof useMessages>): string {
  switch (notice.kind) {
    case 'secrets-cleared': {
      const keys = notice.secrets.flatMap(({ keys: each }) => each);
      return text.secretsCleared(
        keys.length,
        notice.secrets.map(({ name }) => name).filter((name) => name !== ''),
      );
    }
    case 'too-large':
      return text.tooLarge(Math.ceil(notice.size / MEGABYTE), notice.limit / MEGABYTE);
    case 'unreadable':
      return text.unreadable(notice.names);
  }
}
