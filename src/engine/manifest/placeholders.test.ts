// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the placeholders of envsubst
import { describe, expect, test } from 'vitest';
import { load } from '../index';
import { parseManifest } from './parse';
import { covered, defaultOf, standInFor } from './placeholders';

const CHART = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- else }}
  replicas: nobody
  {{- end }}
  selector:
    matchLabels:
      {{- include "shop.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      {{- with .Values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      labels:
        {{- include "shop.labels" . | nindent 8 }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default "1.0" }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          args: ["--level", "{{ .Values.level }}"]
          ports:
            - name: http
              containerPort: {{ .Values.service.port }}
              protocol: TCP
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.fullname" . }}
spec:
  type: {{ .Values.service.type }}
  ports:
    - port: {{ .Values.service.port }}
      targetPort: http
  selector:
    {{- include "shop.selectorLabels" . | nindent 4 }}
{{/*
A note
*/}}
`;

const codes = (text: string): readonly string[] => load(text).snapshot.diagnostics.map(({ kind }) => kind);
const said = (text: string): string =>
  load(text)
    .snapshot.diagnostics.map(({ message }) => message.en)
    .join('\n');
const values = (text: string) => parseManifest(text).objects.map(({ value }) => value);

describe('a template of Helm', () => {
  test('loads: its Deployment runs and its Service finds the Pods', () => {
    const { view, diagnostics } = load(CHART).snapshot;
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(view.services.find(({ name }) => name === 'shop')?.endpoints).toHaveLength(1);
    expect(said(CHART)).toMatch(/Deployment default\/shop is a template: Helm \(helm template\) fills in {{ include "shop.fullname" . }}/);
  });

  test('keeps every value where it stands, and the first of two branches', () => {
    expect(
      covered(CHART)
        .text.split('\n')
        .map(({ length }) => length),
    ).toEqual(CHART.split('\n').map(({ length }) => length));
    expect(values(CHART)[0]).toMatchObject({ metadata: { labels: { app: 'shop' } }, spec: { selector: { matchLabels: { app: 'shop' } } } });
    expect(JSON.stringify(values(CHART))).not.toContain('nobody');
    const [, service] = parseManifest(CHART).objects;
    if (service === undefined) throw new Error('no Service');
    const { from } = parseManifest(CHART).locate(service, ['spec', 'ports', 0, 'targetPort']);
    expect(CHART.slice(from, from + 4)).toBe('http');
  });

  test('takes its own defaults; where text is free, an action stays as it is', () => {
    const [deployment] = load(CHART).built.objects;
    const [container] = deployment?.kind === 'Deployment' ? deployment.spec.template.spec.containers : [];
    expect(container).toMatchObject({ image: 'image-repository:1.0', args: ['--level', '{{ .Values.level }}'] });
  });
});

test.each([
  ['{{ .Values.image.tag }}', 'image-tag'],
  ['{{- .Release.Name -}}', 'release-name'],
  ['{{ include "web.fullname" . }}', 'web'],
  ['{{ quote .Values.appName }}', 'app-name'],
  ['{{ app_port }}', 'app-port'],
  ['${APP_NAME}', 'app-name'],
  ['$(SERVICE)', 'service'],
  ['$X', 'x'],
])('%s is called %s until it is filled in', (written, name) => {
  expect(standInFor(written)).toBe(name);
});

test.each([
  ['{{ .Values.n | default 3 }}', '3'],
  ['{{ default "web" .Values.name }}', 'web'],
  ["{{ name | default('web') }}", 'web'],
  ['${PORT:-8080}', '8080'],
  ['{{ .Values.default }}', null],
])('%s says itself what it is otherwise: %s', (written, value) => {
  expect(defaultOf(written)).toBe(value);
});

describe('other tools', () => {
  const service = (name: string, port: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  clusterIP: None\n  ports:\n  - port: ${port}\n`;

  test.each([
    ['envsubst', service('${APP}-web', '$PORT'), 'app-web'],
    ['kustomize', service('$(APP)', '80'), 'app'],
    ['Jinja', `{% for x in xs %}\n${service('{{ app_name }}', '{{ port }}')}{% endfor %}\n`, 'app-name'],
  ])('%s is named, and the object is there', (tool, text, name) => {
    expect(load(text).snapshot.view.services.map((each) => each.name)).toContain(name);
    expect(codes(text)).toContain('placeholders');
    expect(said(text)).toContain(tool);
  });

  test('a value that only its tool knows counts as absent where a guess would be refused', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  replicas: ${N}\n  selector: {matchLabels: {a: b}}\n  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: d}]}}\n';
    expect(codes(text)).not.toContain('Invalid');
    expect(load(text).snapshot.view.pods.filter(({ namespace }) => namespace === 'default')).toHaveLength(1);
    expect(load(text.replace('${N}', '${N:-3}')).snapshot.view.pods.filter(({ namespace }) => namespace === 'default')).toHaveLength(3);
  });
});

describe('what is none', () => {
  test.each([
    [
      'a command that expands variables itself',
      'kind: Pod\nspec: {containers: [{command: [sh, -c, "echo $HOME ${X} $(Y)"], env: [{name: A, value: $(B)}]}]}',
    ],
    ['a script in a ConfigMap', 'kind: ConfigMap\ndata:\n  run: |\n    echo ${X} {{ .Labels }}\n    {{ if x }}\n'],
    ['an annotation with a template of its own', "kind: Pod\nmetadata: {annotations: {a: '{{ $value }}'}}"],
    ['JSON with braces', '{"kind": "Pod", "metadata": {"annotations": {"a": "{{ x }}"}}}'],
    ['an amount of money', 'kind: Pod\nmetadata: {labels: {price: 5$, b: a$}}'],
  ])('%s stays as it is', (_what, text) => {
    expect(parseManifest(text).placeholders).toEqual([]);
    expect(parseManifest(text).problems).toEqual([]);
    expect(JSON.stringify(values(text))).not.toMatch(/[\uE000-\uF8FF]/);
  });
});
