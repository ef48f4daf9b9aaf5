// What a field is, as `kubectl explain` lays it out. The layout is that of the real tool on the same shapes and words.

import { expect, it } from 'vitest';
import { kindShape, load, type Shape, settledServer, shapeOf } from '../../engine/index';
import { RESOURCES } from '../kinds';
import { runOn } from '../server.test-support';
import { apiVersionOf } from './api-resources';
import { DESCRIBED } from './explain-words';

const server = settledServer(load(''), '');
const explain = (line: string) => runOn(server, `explain ${line}`);

it('tells of a field, its type, what may stand in it, and what it holds', () => {
  expect(explain('svc.spec.ports')).toEqual({
    status: 0,
    err: '',
    out: `KIND:       Service
VERSION:    v1

FIELD: ports <[]ServicePort>


DESCRIPTION:
    The ports of the Service, each with the port of the Pods that it leads to.
    
FIELDS:
  appProtocol	<string>
    What is spoken on the port, for those who care, such as proxies.

  name	<string>
    The name of the port. Needed where there are several.

  nodePort	<integer>
    The port on every node, of 30000 to 32767. Chosen by the API server if it is
    left out.

  port	<integer> -required-
    The port of the Service itself, to which clients connect.

  protocol	<string>
  enum: SCTP, TCP, UDP
    TCP if it is left out.

  targetPort	<IntOrString>
    The port of the Pods, as a number or as the name of a container's port. The
    same as port if it is left out.


`,
  });
});

it('lists the words of a field one below the other', () => {
  expect(explain('service.spec.sessionAffinity').out).toMatch(
    /^FIELD: sessionAffinity <string>\nENUM:\n {4}ClientIP\n {4}None\n\nDESCRIPTION:\n {4}Whether a client's/m,
  );
});

it('goes down into lists and maps, and names the group', () => {
  expect(explain('netpol.spec.ingress.from.ipBlock --recursive').out).toMatch(
    /^GROUP: {6}networking\.k8s\.io\nKIND: {7}NetworkPolicy\nVERSION: {4}v1\n\nFIELD: ipBlock <IPBlock>\n(?:.*\n)*FIELDS:\n {2}cidr\t<string> -required-\n {2}except\t<\[\]string>\n\n$/,
  );
  expect(explain('deployments.apps.spec.strategy --recursive').out).toMatch(
    /FIELDS:\n {2}rollingUpdate\t<RollingUpdateDeployment>\n {4}maxSurge\t<IntOrString>\n {4}maxUnavailable\t<IntOrString>\n {2}type\t<string>\n {2}enum: Recreate, RollingUpdate\n\n$/,
  );
  expect(explain('pod.spec.containers.resources.limits').out).toContain('FIELD: limits <map[string]Quantity>\n');
});

it.each([
  [
    '',
    '',
    'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
  ],
  ['pods x', '', 'error: We accept only this format: explain RESOURCE\n'],
  ['foo', '', 'the server doesn\'t have a resource type "foo"\n'],
  ['pods.spec.nope', 'KIND:       Pod\nVERSION:    v1\n\n', 'error: field "nope" does not exist\n'],
  ['pods.spec[0]', '', 'error: invalid jsonpath syntax, first node must be field node\n'],
  ['pods --api-version=foo/v1', '', 'error: couldn\'t find resource for "foo/v1, Resource=pods"\n'],
  ['pods -o foo', '', 'error: unrecognized format: foo\n'],
])('refuses explain %s', (line, out, err) => {
  expect(explain(line)).toEqual({ status: 1, out, err });
});

it('says of a type whose shape is not known here that it cannot explain it', () => {
  expect(explain('leases')).toEqual({ status: 2, out: '', err: 'kubectl explain leases is not simulated\n' });
});

it('has words only for what there is', () => {
  const seen = new Set<string>();
  const look = (shape: Shape): void => {
    if (shape.definition !== null) {
      if (seen.has(shape.definition)) return;
      seen.add(shape.definition);
    }
    for (const inner of [shape.items, shape.values]) if (inner !== null) look(shapeOf(inner));
    for (const { name, schema } of shape.fields) {
      seen.add(name);
      seen.add(`${shape.definition}.${name}`);
      look(shapeOf(schema));
    }
  };
  for (const resource of RESOURCES) {
    const shape = kindShape(apiVersionOf(resource), resource.kind);
    if (shape !== null) look(shape);
  }
  expect(DESCRIBED.length).toBeGreaterThan(100);
  expect(DESCRIBED.filter((name) => !seen.has(name))).toEqual([]);
});
