// The middle of the page: tabs for the plan and its other views, and beneath them the player and the inspector.

import { lazy, Suspense } from 'react';
import { showEditor, showTab, useApp } from '../../store/app';
import type { CentreTab } from '../../store/state';
import { ControlPlane } from '../control/ControlPlane';
import { Inspector } from '../inspector/Inspector';
import { LifeBar } from '../life/LifeBar';
import { lifeStrings } from '../life/strings';
import { Player } from '../player/Player';
import { useLanguage, useMessages } from '../text';
import { Diagnosis } from './Diagnosis';
import { EmptyPlan } from './EmptyPlan';
import { Many } from './Many';
import { Modes } from './Modes';
import { Tables } from './Tables';
import { LiveSentence, Transcript } from './Transcript';

const Plan = lazy(() => import('../plan/Plan').then((module) => ({ default: module.Plan })));

export function Centre() {
  const tab = useApp((state) => state.tab);
  const timeGoesBy = useApp((state) => state.live?.clock.running === true);
  const alone = tab === 'tables' || tab === 'many' || tab === 'modes' || tab === 'diagnosis' || tab === 'control';
  return (
    <main className={alone ? 'centre alone' : 'centre'}>
      <Tabs />
      <div className="centre-body" role="tabpanel" id="centre-view" aria-labelledby={`tab-${tab}`}>
        {tab === 'plan' ? <PlanView /> : null}
        {tab === 'tables' ? <Tables /> : null}
        {tab === 'many' ? <Many /> : null}
        {tab === 'modes' ? <Modes /> : null}
        {tab === 'diagnosis' ? <Diagnosis /> : null}
        {tab === 'control' ? <ControlPlane /> : null}
        <Transcript shown={tab === 'transcript'} />
      </div>
      <LiveSentence />
      <LifeBar />
      {alone || timeGoesBy ? null : <Player />}
      {alone || timeGoesBy ? null : <Inspector />}
    </main>
  );
}

function PlanView() {
  const empty = useApp((state) => state.scenario.text.trim() === '');
  return empty ? (
    <EmptyPlan />
  ) : (
    <Suspense fallback={null}>
      <Plan />
    </Suspense>
  );
}

function Tabs() {
  const text = useMessages();
  const words = lifeStrings(useLanguage());
  const editing = useApp((state) => state.editing);
  return (
    <div className="tabs">
      <button type="button" className={editing ? 'tab here narrow-only' : 'tab narrow-only'} aria-pressed={editing} onClick={showEditor}>
        YAML
      </button>
      <div className="tab-list" role="tablist" aria-label={text.views}>
        <Tab tab="plan" name={text.plan} />
        <Tab tab="transcript" name={text.transcript} />
        <Tab tab="tables" name={text.tables} />
        <Tab tab="many" name={text.hundred} />
        <Tab tab="modes" name={text.modes} />
        <Tab tab="diagnosis" name={text.diagnosis} />
        <Tab tab="control" name={words.controlTab} />
      </div>
      <Status />
    </div>
  );
}

const TABS: readonly CentreTab[] = ['plan', 'transcript', 'tables', 'many', 'modes', 'diagnosis', 'control'];

function Tab({ tab, name }: { readonly tab: CentreTab; readonly name: string }) {
  const chosen = useApp((state) => state.tab === tab);
  const covered = useApp((state) => state.editing);
  const step = (by: number): void => {
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length] ?? tab;
    showTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${tab}`}
      className={covered ? 'tab covered' : 'tab'}
      aria-selected={chosen}
      aria-controls="centre-view"
      tabIndex={chosen ? 0 : -1}
      onClick={() => showTab(tab)}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') step(1);
        if (event.key === 'ArrowLeft') step(-1);
      }}
    >
      {name}
    </button>
  );
}

/** How current the plan is. */
function Status() {
  const text = useMessages();
  // Over time, the plan is of the manifest in force, whatever the text has become.
  const stale = useApp((state) => (state.live === null ? (state.snapshot?.staleFromLine ?? null) : null));
  const many = useApp((state) => state.many);
  const starting = useApp((state) => state.snapshot === null && state.crash === null);
  return (
    <span className="aside" role="status">
      {starting ? <span className="late">{text.computing}</span> : null}
      {stale === null ? null : text.staleFrom(stale)}
      {stale !== null || many === null || many.open === null ? null : text.sampleOpen(many.open + 1, many.samples.length)}
    </span>
  );
}
