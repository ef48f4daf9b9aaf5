// Laws of every changing command, over the samples of the gallery: what was printed is applied without a change, and a manifest stays one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, settledServer, writtenObjects } from '../../engine/index';
import { GALLERY } from '../../gallery/gallery';
import { at } from '../fields';
import { kubectl } from '../kubectl';
import { newSession, type Session, sessionAfter } from '../session';
import { yamlText } from '../yaml';

const sessionOf = (text: string): Session => newSession(settledServer(load(text), text));
const run = (session: Session, line: string, input = '') => kubectl(session, line.split(' '), input);

describe('what `get -o yaml` prints', () => {
  it.each(GALLERY.map(({ id, text }) => [id, text]))('is applied to %s without a change', (_, text) => {
    const session = sessionOf(text);
    const kinds = [...new Set(session.server.objects.map(({ kind }) => kind))].filter((kind) => kind !== 'Endpoints' && kind !== 'Event');
    for (const kind of kinds)
      for (const format of ['yaml', 'json']) {
        const printed = run(session, `get ${kind} -A -o ${format}`);
        const applied = run(session, 'apply -f -', printed.out);
        expect([kind, applied.err, applied.status]).toEqual([kind, '', 0]);
        expect(applied.out.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'))).toEqual([]);
        expect(applied.server).toBeUndefined();
      }
  });

  it.each(GALLERY.map(({ id, text }) => [id, text]))('is the manifest of %s, which is unchanged too', (_, text) => {
    const applied = run(sessionOf(text), 'apply -f -', text);
    expect(applied.out.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'))).toEqual([]);
    expect(run(sessionOf(text), 'diff -f -', text)).toEqual({ status: 0, out: '', err: '' });
  });
});

describe('a manifest after any commands', () => {
  const sample = fc.constantFrom(...GALLERY);
  const name = fc.constantFrom('web', 'client', 'api', 'backend', 'frontend', 'new');
  const command = fc.oneof(
    name.map((of) => `scale deploy/${of} --replicas=2`),
    name.map((of) => `set image deploy/${of} *=img:2`),
    name.map((of) => `label pod ${of} a.b/c=d`),
    name.map((of) => `annotate svc ${of} x=y`),
    name.map((of) => `expose pod ${of} --port=80`),
    name.map((of) => `run ${of} --image=busybox -- sleep 1`),
    name.map((of) => `create deployment ${of} --image=nginx --port=80`),
    name.map((of) => `delete pod ${of} --ignore-not-found`),
    name.map((of) => `delete svc/${of}`),
    name.map((of) => `rollout restart deploy/${of}`),
    name.map((of) => `patch svc ${of} -p {"spec":{"sessionAffinity":"ClientIP"}}`),
    fc.constantFrom(
      'create ns extra',
      'cordon node-1',
      'taint nodes --all a=b:NoSchedule',
      'delete pods --all',
      'label pods --all x=y --overwrite',
    ),
  );

  it('can be read, keeps its comments, and is what the cluster has', () => {
    fc.assert(
      fc.property(sample, fc.array(command, { maxLength: 5 }), ({ text }, lines) => {
        const commented = text.replace(/^(metadata:.*)$/gm, '$1 # kept');
        let session = sessionOf(commented);
        // An object that was deleted and made again is another one, without a comment.
        let left = writtenObjects(commented).objects;
        for (const line of lines) {
          const answer = run(session, line);
          expect([0, 1]).toContain(answer.status);
          session = sessionAfter(session, answer);
          const present = writtenObjects(session.server.manifest).objects;
          left = left.filter(({ ref }) => present.some((one) => same(one.ref, ref)));
        }
        const { manifest, objects } = session.server;
        const written = writtenObjects(manifest);
        expect(written.unreadable).toEqual([]);
        expect(manifest.split('# kept').length - 1).toBeGreaterThanOrEqual(
          left.filter(({ document }) => document?.includes('# kept')).length,
        );
        for (const { ref, json } of written.objects) {
          const live = objects.find((one) => same(one, ref));
          expect(live?.json.kind).toBe(ref.kind);
          expect(live?.labels).toMatchObject((at(json, 'metadata', 'labels') ?? {}) as object);
        }
      }),
      { numRuns: 60 },
    );
  });

  interface Named {
    readonly kind: string;
    readonly namespace: string | null;
    readonly name: string;
  }

  const same = (one: Named, other: Named) => one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
});

describe('the namespace of the session', () => {
  const TEXT = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';
  const session: Session = { ...sessionOf(TEXT), namespace: 'shop' };

  it.each([
    ['run p --image=a', 'pod/p created\n'],
    ['create deployment d --image=a', 'deployment.apps/d created\n'],
    ['apply -f -', 'configmap/c created\n'],
  ])('is where %s puts its object, and where it is found again', (line, out) => {
    const answer = run(session, line, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c } # mine\n');
    expect(answer.out).toBe(out);
    const after = sessionAfter(session, answer);
    const made = writtenObjects(after.server.manifest).objects.at(-1);
    expect(made?.ref.namespace).toBe('shop');
    const name = `${made?.ref.kind}/${made?.ref.name}`;
    expect(run(after, `label ${name} a=b`).out).toMatch(/ labeled\n$/);
    expect(run({ ...after, namespace: 'default' }, `label ${name} a=b`).status).toBe(1);
    expect(run(after, `delete ${name}`).out).toMatch(/ deleted from shop namespace\n$/);
    expect(sessionAfter(after, run(after, `delete ${name}`)).server.manifest).toBe(TEXT);
  });
});

describe('YAML that kubectl prints', () => {
  const words = fc.constantFrom(
    '80-8080',
    '1.27',
    '0x1f',
    '1_000',
    '12:30',
    '2026-01-05',
    'yes',
    '~',
    '',
    '<<',
    '*/1 * * * *',
    'a: b',
    'a #b',
    '- x',
    ' x',
    'x ',
    "it's",
    '"',
    'é',
    'a\nb\n',
    '\ta',
    '[',
    '%',
    '...',
    '1e3',
    '.5',
    'a:',
    '@x',
    '=',
  );

  it('is read back the same, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(words, fc.string()), fc.oneof(words, fc.string(), fc.string({ unit: 'grapheme' })), { maxKeys: 5 }),
        (data) => {
          const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data };
          expect(writtenObjects(yamlText(object)).objects[0]?.json).toEqual(object);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['80-8080', '80-8080'],
    ['*/1 * * * *', "'*/1 * * * *'"],
    ['1.27', '"1.27"'],
    ['nginx:1.27', 'nginx:1.27'],
    ['a: b', "'a: b'"],
    ['', '""'],
    ['yes', '"yes"'],
    ['10.1.0.0/16', '10.1.0.0/16'],
    ['2026-01-05T09:00:00Z', '"2026-01-05T09:00:00Z"'],
  ])('has %j as %s', (text, yaml) => {
    expect(yamlText({ a: text })).toBe(`a: ${yaml}\n`);
  });
});
