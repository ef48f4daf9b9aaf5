// The plan: the cluster as a map of lines. Districts and the ground between them are nodes of React Flow, each one drawing;
// lines, stations and the packet lie in a single layer above them. Everything follows from the view, the trace and the playhead.

import { type Node as CanvasNode, ReactFlow, ReactFlowProvider, ViewportPortal } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import type { ClusterView, Step } from '../../engine/index';
import { layout, type Scene } from '../../scene/layout';
import { registerAt } from '../../scene/register';
import { tracksOf } from '../../scene/tracks';
import { laneOf } from '../../scene/way';
import { select, useApp } from '../../store/app';
import { clusterView, traceSteps } from '../../store/selectors';
import { FaultList } from '../life/FaultList';
import { useLanguage } from '../text';
import { DistrictMark } from './DistrictMark';
import { FaultLayer } from './FaultLayer';
import { GroundMark } from './GroundMark';
import { LineLayer } from './LineLayer';
import { NodeCard } from './NodeCard';
import { PacketMark } from './PacketMark';
import './plan.css';
import { PodCard } from './PodCard';
import { RegisterMark } from './RegisterMark';
import { type PlanStrings, planStrings } from './strings';
import { useMotion } from './use-motion';
import { ViewButtons } from './ViewButtons';

export function Plan() {
  const view = useApp(clusterView);
  const text = planStrings(useLanguage());
  if (view === null) return null;
  if (view.nodes.length === 0) return <p className="plan-empty">{text.noNodes}</p>;
  return (
    <ReactFlowProvider>
      <Canvas view={view} text={text} />
    </ReactFlowProvider>
  );
}

const NODE_TYPES = { drawing: Drawing };
const PRO_OPTIONS = { hideAttribution: true };

function Canvas({ view, text }: { readonly view: ClusterView; readonly text: PlanStrings }) {
  const steps = useApp(traceSteps);
  const step = useApp((state) => state.playback.step);
  const scene = useMemo(() => layout(view, steps), [view, steps]);
  const selection = useApp((state) => state.selection);
  const chosen = selection?.kind === 'pod' ? view.pods.find((pod) => `${pod.namespace}/${pod.name}` === selection.name) : undefined;
  const chosenNode = selection?.kind === 'node' ? view.nodes.find(({ name }) => name === selection.name) : undefined;
  const nodes = useCanvasNodes(scene, text, step);
  return (
    <section className="plan" aria-label={text.summary(view.nodes.length, view.pods.length, view.services.length)}>
      <ReactFlow
        nodes={nodes}
        edges={NO_EDGES}
        nodeTypes={NODE_TYPES}
        proOptions={PRO_OPTIONS}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        disableKeyboardA11y
        minZoom={0.1}
        maxZoom={3}
      >
        <ViewportPortal>
          <Journey scene={scene} step={step} text={text} />
          <FaultLayer scene={scene} />
        </ViewportPortal>
      </ReactFlow>
      <ViewButtons scene={scene} text={text} />
      {view.pods.every((pod) => pod.added) ? (
        <div className="plan-hint">
          <b>{text.noPods}</b>
          <span>{text.noPodsText}</span>
        </div>
      ) : null}
      <FaultList />
      {chosenNode === undefined ? null : <NodeCard node={chosenNode} text={text} onClose={() => select(null)} />}
      {chosen === undefined ? null : <PodCard pod={chosen} text={text} onClose={() => select(null)} />}
    </section>
  );
}

const NO_EDGES: never[] = [];

interface DrawingProps {
  readonly data: { readonly drawing: () => ReactNode };
}

/** A node of the canvas is a drawing in one piece. */
function Drawing({ data }: DrawingProps) {
  return data.drawing();
}

function useCanvasNodes(scene: Scene, text: PlanStrings, step: number): CanvasNode[] {
  const selection = useApp((state) => (state.selection?.kind === 'pod' ? state.selection.name : null));
  const choose = useCallback((name: string) => select({ kind: 'pod', name }), []);
  const here = useMemo(() => hookKey(scene.way.steps[step]), [scene, step]);
  return useMemo(() => {
    const ground: CanvasNode = {
      id: 'ground',
      type: 'drawing',
      position: { x: 0, y: 0 },
      width: scene.width,
      height: scene.height,
      data: { drawing: () => <GroundMark scene={scene} text={text} onChoose={choose} /> },
    };
    const districts = scene.districts.map(
      (district): CanvasNode => ({
        id: district.node.netns,
        type: 'drawing',
        position: { x: district.x, y: district.y },
        width: district.w,
        height: district.h,
        data: {
          drawing: () => (
            <DistrictMark
              district={district}
              text={text}
              client={scene.way.client}
              behind={scene.way.behind}
              here={here?.startsWith(`${district.node.netns} `) === true ? here : null}
              chosen={selection}
              onChoose={choose}
            />
          ),
        },
      }),
    );
    return [ground, ...districts];
  }, [scene, text, here, selection, choose]);
}

function hookKey(step: Step | undefined): string | null {
  return step?.kind === 'hook-passed' ? `${step.at.netns} ${step.hook} ${laneOf(step)}` : null;
}

function Journey({ scene, step, text }: { readonly scene: Scene; readonly step: number; readonly text: PlanStrings }) {
  const tracks = useMemo(() => tracksOf(scene), [scene]);
  const speed = useApp((state) => state.playback.speed);
  const layer = useRef<SVGSVGElement>(null);
  const disc = useRef<SVGGElement>(null);
  useMotion({ layer, disc, tracks, step, speed });
  return (
    <svg
      ref={layer}
      className="plan-lines"
      width={scene.width}
      height={scene.height}
      viewBox={`0 0 ${scene.width} ${scene.height}`}
      aria-hidden="true"
    >
      <LineLayer scene={scene} tracks={tracks} step={step} text={text} />
      {scene.districts.map(({ node, register }) =>
        register === null ? null : (
          <RegisterMark key={node.netns} box={register} lines={registerAt(scene.way.steps, step, node.netns)} text={text} />
        ),
      )}
      <PacketMark scene={scene} tracks={tracks} step={step} text={text} disc={disc} />
    </svg>
  );
}
