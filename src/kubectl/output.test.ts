// Objects as `-o` prints them: JSONPath, Go templates, custom columns, YAML and JSON. The expected texts were printed by the real tool for the
// same object.

import { describe, expect, it } from 'vitest';
import type { JsonMap } from '../engine/index';
import { lines, runOn, serverOf } from './server.test-support';

const pod = (name: string, ip: string, restartCount: number): JsonMap => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', labels: { app: 'db', 'apps.kubernetes.io/pod-index': '0' } },
  spec: {
    containers: [
      { name: 'c', image: 'i:1' },
      { name: 'log', image: 'j:2' },
    ],
  },
  status: { podIP: ip, containerStatuses: [{ name: 'c', ready: true, restartCount }] },
});

const server = serverOf([pod('db-0', '10.1.1.4', 0), pod('db-1', '10.1.1.5', 2)]);
const printed = (line: string) => {
  const { status, out, err } = runOn(server, line);
  return status === 0 ? out : err;
};

describe('jsonpath', () => {
  it.each([
    ["get pods -o jsonpath='{.items[*].metadata.name}'", 'db-0 db-1'],
    [`get pods -o jsonpath='{range .items[*]}{.metadata.name}{"\\t"}{.status.podIP}{"\\n"}{end}'`, 'db-0\t10.1.1.4\ndb-1\t10.1.1.5\n'],
    [
      `get pods -o jsonpath='{range .items[*]}{.metadata.name}{range .spec.containers[*]}{" "}{.name}{end}{"\\n"}{end}done'`,
      'db-0 c log\ndb-1 c log\ndone',
    ],
    [`get pods -o jsonpath='{.items[?(@.metadata.name=="db-1")].status.podIP}'`, '10.1.1.5'],
    ["get pods -o jsonpath='{.items[?(@.status.containerStatuses[0].restartCount>0)].metadata.name}'", 'db-1'],
    ["get pods -o jsonpath='{.items[?(@.status.podIP)].metadata.name}'", 'db-0 db-1'],
    ["get pods -o jsonpath='{.items[0:1].metadata.name} {.items[-1].metadata.name} {.items[0,1].kind}'", 'db-0 db-1 Pod Pod'],
    ["get pods -o jsonpath='{..podIP}'", '10.1.1.4 10.1.1.5'],
    ["get pod db-0 -o jsonpath='{.metadata.labels}'", '{"app":"db","apps.kubernetes.io/pod-index":"0"}'],
    ["get pod db-0 -o jsonpath='{.metadata.labels.apps\\.kubernetes\\.io/pod-index}'", '0'],
    [`get pod db-0 -o jsonpath="{.metadata['name','namespace']}"`, 'db-0 default'],
    ["get pod db-0 -o jsonpath='{.nope}{.}'", ''],
    ["get pod db-0 -o jsonpath='{.status.containerStatuses[0].restartCount}{1}{true}{1.5}'", '01true1.5'],
    ["get pods -o jsonpath-as-json='{.items[*].metadata.name}'", lines('[', '    "db-0",', '    "db-1"', ']')],
    ["get pod db-0 -o jsonpath --template='{.kind}'", 'Pod'],
    [
      `get pods -o jsonpath='{.items[?(@.metadata.name=="a" && @.x=="y")].kind}'`,
      `error: error parsing jsonpath {.items[?(@.metadata.name=="a" && @.x=="y")].kind}, unrecognized character in action: U+0026 '&'\n`,
    ],
    ["get pod db-0 -o jsonpath='{.metadata.name'", 'error: error parsing jsonpath {.metadata.name, unclosed action\n'],
    ["get pod db-0 -o jsonpath='{.metadata[name]}'", 'error: error parsing jsonpath {.metadata[name]}, invalid array index name\n'],
    ['get pod db-0 -o jsonpath', 'error: template format specified but no template given\n'],
    ['get pod db-0 -o jsonpath-file=x', 'error: error reading --template x, open x: no such file or directory\n'],
  ])('%s', (line, text) => {
    expect(printed(line)).toBe(text);
  });

  it('tells where an object does not fit, with the object in Go', () => {
    expect(printed("get pods -o jsonpath='{.items[9].kind}'")).toMatch(
      /^error: error executing jsonpath "\{\.items\[9\]\.kind\}": Error executing template: array index out of bounds: index 9, length 2\. Printing more information for debugging the template:\n\ttemplate was:\n\t\t\{\.items\[9\]\.kind\}\n\tobject given to jsonpath engine was:\n\t\tmap\[string\]interface \{\}\{"apiVersion":"v1", "items":\[\]interface \{\}\{map\[/,
    );
    expect(printed("get pod db-0 -o jsonpath='{.x}' --allow-missing-template-keys=false")).toContain('x is not found');
  });
});

describe('go-template', () => {
  it.each([
    ["get pods -o go-template='{{range .items}}{{.metadata.name}} {{end}}'", 'db-0 db-1 '],
    [`get pods -o go-template='{{range $i, $e := .items}}{{$i}}:{{$e.metadata.name}}{{"\\n"}}{{end}}'`, '0:db-0\n1:db-1\n'],
    [
      "get pod db-0 -o go-template='{{range $k, $v := .metadata.labels}}{{$k}}={{$v}} {{else}}none{{end}}'",
      'app=db apps.kubernetes.io/pod-index=0 ',
    ],
    ["get pod db-0 -o go-template='{{.nope}} {{.nope.x}} {{index .metadata.labels `nope`}}'", '<no value> <no value> <no value>'],
    [
      "get pod db-0 -o go-template='{{.metadata.labels}} {{.spec.containers}}'",
      'map[app:db apps.kubernetes.io/pod-index:0] [map[image:i:1 name:c] map[image:j:2 name:log]]',
    ],
    [`get pod db-0 -o go-template='{{if eq .kind "Pod" "Svc"}}yes{{else if true}}no{{end}}'`, 'yes'],
    [
      `get pods -o go-template='{{range .items}}{{if and (eq .kind "Pod") (ne .metadata.name "db-0")}}{{.metadata.name}}{{end}}{{end}}'`,
      'db-1',
    ],
    ["get pods -o go-template='{{len .items}} {{(index (index .items 1).status.containerStatuses 0).restartCount}}'", '2 2'],
    [`get pod db-0 -o go-template='{{printf "%5d|%-5s|%q|%.2f" 42 "ab" .kind 1.5}}'`, '   42|ab   |"Pod"|1.50'],
    [`get pod db-0 -o go-template='{{ "a" -}}   b {{- /* c */ -}} d'`, 'abd'],
    [
      `get pod db-0 -o go-template='{{$n := "a"}}{{if true}}{{$n = "b"}}{{end}}{{$n}}{{with .metadata}}{{.name}}{{$.kind}}{{end}}'`,
      'bdb-0Pod',
    ],
    [`get pod db-0 -o go-template='{{define "x"}}hi {{.}}{{end}}{{template "x" .kind}}'`, 'hi Pod'],
    ["get pod db-0 --template='{{.kind | len}}'", '3'],
    ["get pod db-0 -o go-template='{{.x'", 'error: error parsing template {{.x, template: output:1: unclosed action\n'],
    ["get pod db-0 -o go-template='{{if .x}}a'", 'error: error parsing template {{if .x}}a, template: output:1: unexpected EOF\n'],
    ["get pod db-0 -o go-template='{{end}}'", 'error: error parsing template {{end}}, template: output:1: unexpected {{end}}\n'],
    [
      "get pod db-0 -o go-template='{{foo .x}}'",
      'error: error parsing template {{foo .x}}, template: output:1: function "foo" not defined\n',
    ],
    ["get pod db-0 -o go-template='{{$x}}'", 'error: error parsing template {{$x}}, template: output:1: undefined variable "$x"\n'],
    [
      "get pod db-0 -o go-template='{{break}}'",
      'error: error parsing template {{break}}, template: output:1: {{break}} outside {{range}}\n',
    ],
  ])('%s', (line, text) => {
    expect(printed(line)).toBe(text);
  });

  it('prints as far as it came, then the template and the data', () => {
    const { status, out, err } = runOn(server, "get pod db-0 -o go-template='x{{.kind.y}}z'");
    const why = `template: output:1:8: executing "output" at <.kind.y>: can't evaluate field y in type interface {}`;
    expect(out).toMatch(/^xError executing template: .*\. Printing more information for debugging the template:\n\ttemplate was:\n/);
    expect([status, err]).toEqual([1, `error: error executing template "x{{.kind.y}}z": ${why}\n`]);
  });
});

describe('custom columns', () => {
  it('are laid out as a table, with <none> for what is missing', () => {
    expect(printed('get pods -o custom-columns=NAME:.metadata.name,IMAGES:.spec.containers[*].image,X:{.x},L:metadata.labels')).toBe(
      lines(
        'NAME   IMAGES    X        L',
        'db-0   i:1,j:2   <none>   map[app:db apps.kubernetes.io/pod-index:0]',
        'db-1   i:1,j:2   <none>   map[app:db apps.kubernetes.io/pod-index:0]',
      ),
    );
    expect(printed('get pod db-0 -o custom-columns=N:.kind --no-headers')).toBe('Pod\n');
  });

  it.each([
    ['custom-columns=NAME', 'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>'],
    ['custom-columns=', 'custom-columns format specified but no custom columns given'],
    [
      "'custom-columns=N:{.a}{.b}'",
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    ],
  ])('refuse %s', (format, why) => {
    expect(printed(`get pods -o ${format}`)).toBe(`error: ${why}\n`);
  });
});

describe('yaml and json', () => {
  const text = (value: string) => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'default' }, data: { k: value } };
    return (runOn(serverOf([map]), 'get cm c -o yaml').out.match(/^ {2}k: ([\s\S]*?)\nkind:/m)?.[1] ?? '').replace(/\n {2}/g, '\n');
  };

  it.each([
    ['200m', '200m'],
    ['-c', '-c'],
    ['- a', "'- a'"],
    ['a: b', "'a: b'"],
    ['a:b', 'a:b'],
    ['a #b', "'a #b'"],
    ["'x", "'''x'"],
    ['@x', "'@x'"],
    ['--- a', "'--- a'"],
    ['yes', '"yes"'],
    ['y', '"y"'],
    ['~', '"~"'],
    ['', '""'],
    ['0755', '"0755"'],
    ['1_000', '"1_000"'],
    ['1e3', '"1e3"'],
    ['1:30', '"1:30"'],
    ['2026-01-05T09:00:00Z', '"2026-01-05T09:00:00Z"'],
    ['10.1.1.1', '10.1.1.1'],
    ['1.2.3', '1.2.3'],
    ['100%', '100%'],
    ['a\nb', '|-\n  a\n  b'],
    ['a\nb\n', '|\n  a\n  b'],
    [' a\nb', '|2-\n   a\n  b'],
    ['a \nb', '"a \\nb"'],
    ['a\tb', '"a\\tb"'],
    ['😀', '"\\U0001F600"'],
    ['word '.repeat(30), `'${'word '.repeat(15)}word\n  ${'word '.repeat(14)}'`],
  ])('writes %j', (value, written) => {
    expect(text(value)).toBe(written);
  });

  it('escapes in JSON what HTML would read, as Go does', () => {
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace: 'default' },
      data: { '2': 'a && b > c', '1': 'x' },
    };
    expect(runOn(serverOf([map]), 'get cm c -o json').out).toContain('"1": "x",\n        "2": "a \\u0026\\u0026 b \\u003e c"');
  });

  it('writes KYAML in braces', () => {
    const map = { apiVersion: 'v1', kind: 'X', metadata: { name: 'c', namespace: 'default' }, list: [{ a: 1 }, { b: 'y' }], words: ['x'] };
    expect(runOn(serverOf([map]), 'get x c -o kyaml').out).toBe(
      lines(
        '---',
        '{',
        '  apiVersion: "v1",',
        '  kind: "X",',
        '  list: [{',
        '    a: 1,',
        '  }, {',
        '    b: "y",',
        '  }],',
        '  metadata: {',
        '    name: "c",',
        '    namespace: "default",',
        '  },',
        '  words: [',
        '    "x",',
        '  ],',
        '}',
      ),
    );
  });
});
