// The object that something happened to: a click shows it on the plan where it is drawn there, else in the editor where it is written.

import type { ObjectRef } from '../../engine/index';
import { select, showSource, showTab, useApp } from '../../store/app';
import { clusterView } from '../../store/selectors';
import type { AppState, Selection } from '../../store/state';

export function ObjectButton({ object }: { readonly object: ObjectRef }) {
  const goal = useApp((state) => goalKey(state, object));
  const name = `${object.kind} ${object.name}`;
  if (goal === '') return <span className="plate">{name}</span>;
  const go = (): void => {
    const [kind, value = ''] = goal.split(' ');
    if (kind === 'text') showSource({ from: Number(value.split('-')[0]), to: Number(value.split('-')[1]) });
    else {
      const selection = selectionOf(object);
      if (selection === null) return;
      select(selection);
      showTab('plan');
    }
  };
  return (
    <button type="button" className="plate control-object" onClick={go}>
      {name}
    </button>
  );
}

/** Where a click leads, as a text, so that the component rests while nothing changes: empty, `plan`, or `text FROM-TO`. */
function goalKey(state: AppState, { kind, namespace, name }: ObjectRef): string {
  const view = clusterView(state);
  if (kind === 'Pod' && view?.pods.some((pod) => pod.name === name && pod.namespace === namespace) === true) return 'plan';
  if (kind === 'Node' && view?.nodes.some((node) => node.name === name) === true) return 'plan';
  const service = kind === 'Service' ? view?.services.find((each) => each.name === name && each.namespace === namespace) : undefined;
  const inForce = state.live === null || state.live.manifest === state.scenario.text;
  return service?.range && inForce ? `text ${service.range.from}-${service.range.to}` : '';
}

function selectionOf({ kind, namespace, name }: ObjectRef): Selection | null {
  if (kind === 'Pod') return { kind: 'pod', name: `${namespace}/${name}` };
  return kind === 'Node' ? { kind: 'node', name } : null;
}
