import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { load } from '../engine/index';
import { suggestedRequest } from './suggestion';

const pod = (name: string, more = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\nspec: { containers: [{ name: main, image: nginx${more} }] }`;
const service = (name: string, port: number) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ port: ${port} }] }`;

const suggested = (...documents: readonly string[]) => {
  const request = suggestedRequest(load(documents.join('\n---\n')).snapshot.view);
  return request === null ? null : `${request.from} to ${request.to}`;
};

test('a Pod that serves nobody calls the Service that has endpoints', () => {
  expect(suggested(service('lonely', 80), pod('web'), pod('client'), service('web', 80))).toBe('pod/default/client to http://web/');
});

test('a Pod that bears the name of its Service calls it by a longer one, for the short one is its own', () => {
  expect(suggested(pod('web'), service('web', 8080))).toBe('pod/default/web to http://web.default:8080/');
});

test.each([
  ['minikube.yaml', 'pod/default/hello-6f7b8f6c9d-4xk2p to http://hello/'],
  ['microk8s.yaml', 'pod/production/frontend-5b9d6c7f8c-q4mzt to http://backend/'],
  ['eks.json', 'pod/prod/api-5f8b9d7c6b-7kd2x to http://api/'],
])('in a paste of a whole cluster (%s), what is one’s own comes before the cluster’s own', (file, expected) => {
  expect(suggested(readFileSync(new URL(`../engine/pastes/${file}`, import.meta.url), 'utf8'))).toBe(expected);
});

test('without a Service one Pod calls another', () => {
  expect(suggested(pod('a'), pod('b'))).toMatch(/^pod\/default\/a to http:\/\/10\.1\.\d\.\d+:80\/$/);
});

test('nothing is suggested where nothing can be sent', () => {
  expect(suggested('')).toBeNull();
  expect(suggested(pod('a'))).toBeNull();
});

test('nothing is suggested from the one that cannot send, nor from its neighbours on the same node', () => {
  const on = (name: string, node: string): string => pod(name).replace('spec: {', `spec: { nodeName: ${node},`);
  const text = [on('client', 'node-1'), on('idle', 'node-1'), on('far', 'node-2'), on('web', 'node-2'), service('web', 80)].join('\n---\n');
  expect(suggestedRequest(load(text).snapshot.view, 'pod/client')?.from).toBe('pod/default/far');
});
