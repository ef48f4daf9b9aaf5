// `kubectl cluster-info`: where the API server is, and the Services that say they belong to the cluster (cmd/clusterinfo).

import type { Json, StoredObject } from '../../engine/index';
import { type Answer, notSimulated, printed } from '../answer';
import type { Call } from '../call';
import { listAt, textAt } from '../fields';
import { serverUrl } from './address';

export function clusterInfo({ server, namespace, isNamespaceNamed }: Call): Answer {
  const host = serverUrl(server.objects);
  const within = isNamespaceNamed ? namespace : 'kube-system';
  const services = server.objects.filter(
    ({ kind, namespace: own, labels }) => kind === 'Service' && own === within && labels['kubernetes.io/cluster-service'] === 'true',
  );
  const lines = services.map((service) => running(service.labels['kubernetes.io/name'] || service.name, linkOf(service, host)));
  return printed(
    `${running('Kubernetes control plane', host)}${lines.join('')}\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`,
  );
}

function running(name: string, link: string): string {
  return `${name} is running at ${link}\n`;
}

/** By its load balancer, or through the API server's proxy. */
function linkOf({ namespace, name, json }: StoredObject, host: string): string {
  const [ingress] = listAt(json, 'status', 'loadBalancer', 'ingress');
  const ports = listAt(json, 'spec', 'ports');
  if (ingress !== undefined) {
    const to = textAt(ingress, 'ip') || textAt(ingress, 'hostname');
    return ports.map((port) => `http://${to}:${textAt(port, 'port')} `).join('');
  }
  return `${host}/api/v1/namespaces/${namespace ?? ''}/services/${proxied(name, ports[0])}/proxy`;
}

/** `scheme:name:port`; of a port that has a name, and is no HTTPS, `name:port`. */
function proxied(name: string, port: Json | undefined): string {
  if (port === undefined) return name;
  const portName = textAt(port, 'name');
  const isSecure = portName === 'https' || textAt(port, 'port') === '443';
  if (isSecure) return `https:${name}:${portName}`;
  return portName === '' ? name : `${name}:${portName}`;
}

export function clusterInfoDump(): Answer {
  return notSimulated('kubectl cluster-info dump');
}
