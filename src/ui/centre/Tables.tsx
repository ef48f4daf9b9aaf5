// Nodes, Pods, Services and the addresses behind them, laid out as kubectl does. A name leads to the text that made the object.

import type { ReactNode } from 'react';
import type { SourceRange } from '../../engine/manifest/parsed';
import type { NodeView, PodView, ServiceView } from '../../engine/view';
import { showSource, useApp } from '../../store/app';
import { clusterView } from '../../store/selectors';
import { useMessages } from '../text';

export function Tables() {
  const text = useMessages();
  const view = useApp(clusterView);
  if (view === null) return null;
  return (
    <div className="tables">
      <Table title={text.tableServices} head={['NAMESPACE', 'NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'SELECTOR']}>
        {view.services.map((service) => (
          <ServiceRow key={`${service.namespace}/${service.name}`} service={service} />
        ))}
      </Table>
      <Table title={text.tableEndpoints} head={['NAMESPACE', 'SERVICE', 'ADDRESS', 'POD', 'READY']}>
        {view.services.map((service) => (
          <EndpointRows key={`${service.namespace}/${service.name}`} service={service} />
        ))}
      </Table>
      <Table title={text.tablePods} head={['NAMESPACE', 'NAME', 'READY', 'STATUS', 'IP', 'NODE', 'PORTS', 'LABELS']}>
        {view.pods.map((pod) => (
          <PodRow key={`${pod.namespace}/${pod.name}`} pod={pod} />
        ))}
      </Table>
      <Table title={text.tableNodes} head={['NAME', 'STATUS', 'INTERNAL-IP', 'POD-CIDR']}>
        {view.nodes.map((node) => (
          <NodeRow key={node.name} node={node} />
        ))}
      </Table>
    </div>
  );
}

function Table({ title, head, children }: { readonly title: string; readonly head: readonly string[]; readonly children: ReactNode }) {
  return (
    <table className="kubectl">
      <caption>{title}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

function Name({ name, range, added }: { readonly name: string; readonly range: SourceRange | null; readonly added: boolean }) {
  const text = useMessages();
  if (range === null) {
    return (
      <>
        {name} {added ? <small>{text.addedByUs}</small> : null}
      </>
    );
  }
  return (
    <button type="button" className="link" title={text.showObject} onClick={() => showSource(range)}>
      {name}
    </button>
  );
}

function ServiceRow({ service }: { readonly service: ServiceView }) {
  const ports = service.ports.map((port) => `${port.port}${port.nodePort === null ? '' : `:${port.nodePort}`}/${port.protocol}`);
  return (
    <tr>
      <td>{service.namespace}</td>
      <th scope="row">
        <Name name={service.name} range={service.range} added={service.added} />
      </th>
      <td>{service.type}</td>
      <td>{service.clusterIPs.join(',') || '<none>'}</td>
      <td>{service.externalAddresses.join(',') || (service.pending ? '<pending>' : '<none>')}</td>
      <td>{ports.join(',') || '<none>'}</td>
      <td>{pairs(service.selector)}</td>
    </tr>
  );
}

function EndpointRows({ service }: { readonly service: ServiceView }) {
  const text = useMessages();
  const rows = service.endpoints.length === 0 ? [null] : service.endpoints;
  return rows.map((endpoint, index) => (
    <tr
      key={endpoint === null ? 'none' : `${endpoint.address} ${endpoint.pod ?? ''}`}
      className={endpoint === null ? 'lacking' : undefined}
    >
      <td>{index === 0 ? service.namespace : ''}</td>
      <th scope="row">{index === 0 ? service.name : ''}</th>
      <td>{endpoint?.address ?? '<none>'}</td>
      <td>{endpoint?.pod ?? ''}</td>
      <td>{endpoint === null ? '' : endpoint.ready ? text.ready : text.notReady}</td>
    </tr>
  ));
}

function PodRow({ pod }: { readonly pod: PodView }) {
  const text = useMessages();
  return (
    <tr>
      <td>{pod.namespace}</td>
      <th scope="row">
        <Name name={pod.name} range={pod.range} added={pod.added} />
      </th>
      <td>{pod.ready ? text.ready : text.notReady}</td>
      <td>{pod.phase}</td>
      <td>{pod.addresses.join(',') || '<none>'}</td>
      <td>{pod.node ?? '<none>'}</td>
      <td>
        {pod.ports.length === 0 ? '<none>' : null}
        {pod.ports.map((port) => (
          <span key={`${port.port}${port.protocol}`} className="port">
            {port.port}/{port.protocol} {port.source === 'declared' ? null : <small>{text.portSource[port.source]}</small>}
          </span>
        ))}
      </td>
      <td>{pairs(pod.labels)}</td>
    </tr>
  );
}

function NodeRow({ node }: { readonly node: NodeView }) {
  return (
    <tr>
      <th scope="row">
        <Name name={node.name} range={node.range} added={node.added} />
      </th>
      <td>{node.ready ? 'Ready' : 'NotReady'}</td>
      <td>{node.addresses.join(',')}</td>
      <td>{node.podCIDRs.join(',')}</td>
    </tr>
  );
}

function pairs(labels: Readonly<Record<string, string>> | null): string {
  const written = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return written.join(',') || '<none>';
}
