// The control plane at work: its parts as stations of one line, the message that led to the happening that is shown, and what it says, with
// the way to its object and to its cause.

import { useMemo, useRef } from 'react';
import type { HappeningView } from '../../engine/index';
import { controlPlane, messageWay, type ControlPlane as Picture, stationOf } from '../../scene/control-plane';
import { useApp } from '../../store/app';
import { clockTime } from '../../store/life-clock';
import { pickHappening, startLive } from '../../store/live';
import { happeningAt } from '../../store/live-state';
import { clusterView } from '../../store/selectors';
import { partName } from '../life/part-names';
import { type LifeStrings, lifeStrings } from '../life/strings';
import { useLanguage, useTold } from '../text';
import { useWidth } from '../use-width';
import './control.css';
import { ObjectButton } from './ObjectButton';
import { StationMark } from './StationMark';
import { useTravel } from './use-travel';

const NONE: readonly HappeningView[] = [];

export function ControlPlane() {
  const words = lifeStrings(useLanguage());
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 760);
  const view = useApp(clusterView);
  const shown = useShown();
  const cast = useMemo(() => {
    const nodes = (view?.nodes ?? []).map(({ name }) => name);
    const dns = (view?.pods ?? []).flatMap(({ nameServer, node }) => (nameServer && node !== null ? [node] : []));
    return { nodes, dns };
  }, [view]);
  const picture = useMemo(() => controlPlane(cast, width), [cast, width]);
  return (
    <div ref={box} className="control">
      <div className="control-picture">
        <Stations picture={picture} shown={shown} words={words} />
      </div>
      {shown === null ? <Invitation words={words} /> : <Happening happening={shown} words={words} />}
    </div>
  );
}

/** The happening that the reader picked, else the last one until now. */
function useShown(): HappeningView | null {
  return useApp(({ live }) =>
    live === null ? null : (live.happenings[live.picked ?? -1] ?? happeningAt(live.happenings, live.clock.now)),
  );
}

function useCause(happening: HappeningView | null): HappeningView | null {
  return useApp(({ live }) => (happening === null || happening.cause === null ? null : (live?.happenings[happening.cause] ?? null)));
}

interface StationsProps {
  readonly picture: Picture;
  readonly shown: HappeningView | null;
  readonly words: LifeStrings;
}

function Stations({ picture, shown, words }: StationsProps) {
  const cause = useCause(shown);
  const faults = useApp((state) => state.live?.view?.faults);
  const way = useMemo(() => (shown === null ? null : messageWay(picture, cause, shown)), [picture, cause, shown]);
  const disc = useRef<SVGGElement>(null);
  const line = useRef<SVGPathElement>(null);
  useTravel({ way, disc, line });
  const here = shown === null ? null : stationOf(picture, shown);
  const broken = (part: string, node: string | null): boolean =>
    (faults ?? []).some(
      (fault) =>
        'node' in fault &&
        fault.node === node &&
        (fault.kind === 'node-lost' ||
          (fault.kind === 'proxy-stopped' && part === 'kube-proxy') ||
          (fault.kind === 'dns-stopped' && part === 'coredns')),
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no fieldset
    <svg
      width={picture.width}
      height={picture.height}
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="group"
      aria-label={words.controlPicture}
    >
      <Ground picture={picture} words={words} />
      {way === null ? null : (
        <path
          ref={line}
          className={`control-way ${shown?.weight ?? ''}`}
          d={way.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
        />
      )}
      {way === null ? null : (
        <g ref={disc} className="control-disc">
          <circle r="10" />
          <path d="M-3 -4.5l5 4.5-5 4.5" />
        </g>
      )}
      {picture.stations.map((station) => (
        <StationMark
          key={`${station.part} ${station.node}`}
          station={station}
          here={station === here}
          cause={cause !== null && station === stationOf(picture, cause)}
          broken={broken(station.part, station.node)}
        />
      ))}
    </svg>
  );
}

function Ground({ picture, words }: { readonly picture: Picture; readonly words: LifeStrings }) {
  const { district, controllers, etcd, user, trunk, stations, nodes } = picture;
  const [from, to] = [trunk[0], trunk.at(-1)];
  return (
    <g>
      <rect className="control-zone" x={district.x} y={district.y} width={district.w} height={district.h} rx="16" />
      <text className="control-title" x={district.x + 16} y={district.y + 24}>
        {words.controlTitle}
      </text>
      {nodes.map((node) => (
        <g key={node.name}>
          <rect className="control-zone" x={node.x} y={node.y} width={node.w} height={node.h} rx="16" />
          <text className="control-title" x={node.x + 14} y={node.y + node.h - 12}>
            {node.name}
          </text>
        </g>
      ))}
      <path className="control-track" d={`M${from?.x} ${from?.y}H${to?.x}M${etcd.x + etcd.w / 2} ${etcd.y + etcd.h}V${from?.y}`} />
      {stations
        .filter(({ y }) => y !== from?.y)
        .map(({ x, y, part, node }) => (
          <path key={`${part} ${node}`} className="control-track" d={`M${x} ${y}V${from?.y}`} />
        ))}
      <rect className="control-program" x={controllers.x} y={controllers.y} width={controllers.w} height={controllers.h} rx="14" />
      <text className="control-note" x={controllers.x + controllers.w} y={(from?.y ?? 0) + 17} textAnchor="end">
        {words.controllerManager}
      </text>
      <rect className="control-terminus" x={etcd.x} y={etcd.y} width={etcd.w} height={etcd.h} rx="4" />
      <path className="control-bar" d={`M${etcd.x} ${etcd.y + etcd.h - 3}h${etcd.w}`} />
      <text className="control-name" x={etcd.x + etcd.w / 2} y={etcd.y + 22} textAnchor="middle">
        etcd
      </text>
      <rect className="control-terminus" x={user.x} y={user.y} width={user.w} height={user.h} rx="20" />
    </g>
  );
}

/** What happens, to what, and because of what. */
function Happening({ happening, words }: { readonly happening: HappeningView; readonly words: LifeStrings }) {
  const told = useTold();
  const cause = useCause(happening);
  const { at, part, node, object, weight } = happening;
  return (
    <article className={`control-told ${weight}`}>
      <p className="control-who">
        <span className="mono">{clockTime(at)}</span>
        <b>{partName(part, words.lanes.user)}</b>
        {node === null ? null : <span>{node}</span>}
        {weight === 'trouble' ? <span className="history-trouble">{words.trouble}</span> : null}
        {object === null ? null : <ObjectButton object={object} />}
      </p>
      <p className="control-sentence">{told(happening.told)}</p>
      {cause === null ? null : (
        <p className="control-cause">
          {words.because}{' '}
          <button type="button" className="link" title={words.toCause} onClick={() => pickHappening(cause.index)}>
            <span className="mono">{clockTime(cause.at)}</span> {told(cause.told)}
          </button>
        </p>
      )}
    </article>
  );
}

function Invitation({ words }: { readonly words: LifeStrings }) {
  const isLive = useApp((state) => state.live !== null && state.live.happenings !== NONE);
  return (
    <article className="control-told">
      <p className="control-sentence">{isLive ? words.nothingYet : words.startHint}</p>
      <p>
        <button type="button" className="button" title={words.fromNothingHint} onClick={() => startLive({ origin: 'nothing', run: true })}>
          {words.replay}
        </button>
      </p>
    </article>
  );
}
