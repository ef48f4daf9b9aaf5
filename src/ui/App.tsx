// The page: request bar above, editor, plan with player and inspector, timetable.

import { useEffect } from 'react';
import { useApp } from '../store/app';
import { CrashSheet } from './CrashSheet';
import { Centre } from './centre/Centre';
import { DropVeil } from './DropVeil';
import { EditorPane } from './editor/EditorPane';
import { History } from './life/History';
import { useLifeClock } from './life/use-life-clock';
import { useLifeKeys } from './life/use-life-keys';
import { TerminalDrawer } from './terminal/TerminalDrawer';
import { useMessages } from './text';
import { Timetable } from './timetable/Timetable';
import { TopBar } from './top/TopBar';
import { useClock } from './use-clock';
import { useKeys } from './use-keys';
import { useTheme } from './use-theme';

export function App() {
  const language = useApp((state) => state.preferences.language);
  const editing = useApp((state) => state.editing);
  const unsaved = useApp((state) => state.unsaved);
  const history = useApp((state) => state.live?.side === 'history');
  const text = useMessages();
  useKeys();
  useClock();
  useLifeClock();
  useLifeKeys();
  useTheme();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <div className={editing ? 'app editing' : 'app'}>
      <TopBar />
      <EditorPane />
      <Centre />
      {history ? <History /> : <Timetable />}
      <TerminalDrawer />
      <DropVeil />
      <CrashSheet />
      {unsaved ? (
        <p className="unsaved" role="status">
          {text.unsaved}
        </p>
      ) : null}
    </div>
  );
}
