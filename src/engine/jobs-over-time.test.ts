// Jobs and CronJobs over time: how many Pods run at once, when it is enough; when a CronJob makes a Job, and what it leaves behind.

import { describe, expect, test } from 'vitest';
import { applied, at, begun, later, list, objects } from './course-over-time.test-support';
import { change, check, type Live, liveView, load, objectsOf, parseTimestamp, seek } from './index';

interface Wish {
  readonly schedule?: string;
  readonly spec?: string;
  /** How long its Pods work, and with which exit code they end. */
  readonly exit?: string;
}

/** The axis begins at nine o'clock: on the minute. */
const cron = ({ schedule = '* * * * *', spec = '', exit = '0@5s' }: Wish = {}): string => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "${schedule}"
${spec}  jobTemplate:
    metadata: { labels: { part: report } }
    spec:
      backoffLimit: 0
      template:
        metadata: { annotations: { kubehop.dev/exit: ${exit} } }
        spec: { restartPolicy: Never, containers: [{ name: main, image: busybox }] }
`;

const jobs = (live: Live): readonly string[] => objects(live, 'Job').map(({ name }) => name);
const status = (live: Live) => at(objects(live, 'CronJob')[0]?.json, 'status');
const minute = (text: string): number => (parseTimestamp(`2026-01-05T${text}:00Z`) ?? 0) / 60_000;
const ofMinute = (text: string): string => `report-${minute(text)}`;

test('a Job comes on the minute, called by it, and its Pod works and ends', () => {
  const live = begun(cron());
  expect(jobs(later(live, 55))).toEqual([]);
  const fired = later(live, 61);
  expect(jobs(fired)).toEqual([ofMinute('09:01')]);
  expect(status(fired)).toMatchObject({ active: [{ kind: 'Job', name: ofMinute('09:01') }], lastScheduleTime: '2026-01-05T09:01:00Z' });
  const [job] = objects(fired, 'Job');
  expect(job?.json).toMatchObject({
    metadata: {
      labels: { part: 'report' },
      annotations: { 'batch.kubernetes.io/cronjob-scheduled-timestamp': '2026-01-05T09:01:00Z' },
      ownerReferences: [{ kind: 'CronJob', name: 'report', controller: true }],
    },
  });
  const done = later(live, 80);
  expect(
    objects(done, 'Pod')
      .filter(({ labels }) => labels['job-name'] === ofMinute('09:01'))
      .map(({ json }) => at(json, 'status', 'phase')),
  ).toEqual(['Succeeded']);
  expect(status(done)).not.toHaveProperty('active');
  expect(status(done)).toHaveProperty('lastSuccessfulTime');
  const messages = objects(done, 'Event')
    .filter(({ json }) => at(json, 'involvedObject', 'kind') === 'CronJob')
    .map(({ json }) => json.message);
  expect(messages).toContain(`Created job ${ofMinute('09:01')}`);
});

test('of Jobs that ended three good ones and one bad one are kept, and their Pods go with the others', () => {
  const good = later(begun(cron()), 6 * 60 + 30);
  expect(jobs(good)).toEqual(['09:04', '09:05', '09:06'].map(ofMinute));
  expect(objects(good, 'Pod').filter(({ labels }) => 'job-name' in labels)).toHaveLength(3);
  expect(jobs(later(begun(cron({ exit: '1@5s' })), 6 * 60 + 30))).toEqual([ofMinute('09:06')]);
});

describe('while a Job still runs, the next time', () => {
  const long = (policy: string) => later(begun(cron({ exit: '0@100s', spec: `  concurrencyPolicy: ${policy}\n` })), 2 * 60 + 5);
  const running = (live: Live) => list(status(live), 'active').map(({ name }) => name);

  test('makes another one beside it, if both may run', () => {
    expect(running(long('Allow'))).toEqual(['09:01', '09:02'].map(ofMinute));
  });

  test('is passed over where that is forbidden, and made up for as soon as it has ended', () => {
    expect(running(long('Forbid'))).toEqual([ofMinute('09:01')]);
    expect(running(later(long('Forbid'), 45))).toEqual([ofMinute('09:02')]);
  });

  test('takes its place where it is to be replaced', () => {
    expect(running(long('Replace'))).toEqual([ofMinute('09:02')]);
    expect(jobs(long('Replace'))).toEqual([ofMinute('09:02')]);
  });
});

describe('a CronJob that was suspended', () => {
  const suspended = (more = '') => later(begun(cron({ spec: `  suspend: true\n${more}` })), 3 * 60 + 30);

  test('makes nothing, and makes up for the last time that it missed', () => {
    expect(jobs(suspended())).toEqual([]);
    const resumed = later(change(suspended(), applied(cron())), 2);
    expect(jobs(resumed)).toEqual([ofMinute('09:03')]);
  });

  test('makes up for nothing that is past its deadline', () => {
    const deadline = '  startingDeadlineSeconds: 20\n';
    const resumed = later(change(suspended(deadline), applied(cron({ spec: deadline }))), 2);
    expect(jobs(resumed)).toEqual([]);
    expect(jobs(later(resumed, 35))).toEqual([ofMinute('09:04')]);
  });
});

test('a cluster at rest waits for no CronJob, and its times do not count as unrest', () => {
  expect(objectsOf(load(cron())).filter(({ kind }) => kind === 'Job')).toEqual([]);
  const live = begun(cron());
  expect(liveView(live, 30_000).restsAt).not.toBeNull();
});

test('one that comes every so often counts from the last time', () => {
  const live = begun(cron({ schedule: '@every 90s' }));
  const times = liveView(seek(live, 300_000), 300_000).happenings.filter(
    ({ code, object }) => code === 'created' && object?.kind === 'Job',
  );
  expect(times.map(({ at: when }) => Math.floor(when / 1000))).toEqual([90, 180, 270]);
});

test('a text that is no schedule is refused, and a time zone other than UTC is told of', () => {
  const found = (spec: Wish) => check(cron(spec)).map(({ kind, path }) => `${kind} ${path}`);
  expect(found({ schedule: 'every minute' })).toContain('Invalid spec.schedule');
  expect(found({ spec: '  timeZone: Europe/Paris\n' })).toContain('time-zone-as-utc spec.timeZone');
  expect(found({ spec: '  timeZone: Etc/UTC\n' })).not.toContain('time-zone-as-utc spec.timeZone');
});

describe('a Job', () => {
  const job = (spec: string, exit = '0@5s') => `
apiVersion: batch/v1
kind: Job
metadata: { name: sums }
spec:
${spec}  template:
    metadata: { annotations: { kubehop.dev/exit: ${exit} } }
    spec: { restartPolicy: Never, containers: [{ name: main, image: busybox }] }
`;
  const begunWith = (spec: string, exit?: string): Live => change(begun(''), applied(job(spec, exit)));
  const of = (live: Live, phase: string) =>
    objects(live, 'Pod').filter(({ labels, json }) => labels['job-name'] === 'sums' && at(json, 'status', 'phase') === phase);
  const conditions = (live: Live) =>
    list(objects(live, 'Job')[0]?.json, 'status', 'conditions').map(({ type, reason }) => `${type} ${reason}`);

  test('has as many Pods at once as may run beside each other, until as many as it wants have ended well', () => {
    const live = begunWith('  completions: 5\n  parallelism: 2\n  ttlSecondsAfterFinished: 60\n');
    const atOnce = Array.from({ length: 30 }, (_, second) => of(later(live, second + 1), 'Running').length);
    expect(Math.max(...atOnce)).toBe(2);
    const done = later(live, 40);
    expect([of(done, 'Succeeded').length, conditions(done)]).toEqual([
      5,
      ['SuccessCriteriaMet CompletionsReached', 'Complete CompletionsReached'],
    ]);
    const gone = later(live, 120);
    expect([objects(gone, 'Job'), of(gone, 'Succeeded')]).toEqual([[], []]);
  });

  test('whose Pods fail makes others, later and later, until it has tried often enough', () => {
    const live = begunWith('  backoffLimit: 2\n', '1@1s');
    const made = (seconds: number) => of(later(live, seconds), 'Failed').length;
    expect([6, 18, 20, 45].map(made)).toEqual([1, 2, 2, 3]);
    expect(conditions(later(live, 60))).toEqual(['FailureTarget BackoffLimitExceeded', 'Failed BackoffLimitExceeded']);
    expect(made(300)).toBe(3);
  });

  test('that takes longer than it may has failed, and its Pods are ended', () => {
    const live = later(begunWith('  activeDeadlineSeconds: 20\n', '0@10m'), 30);
    expect(conditions(live)).toEqual(['FailureTarget DeadlineExceeded', 'Failed DeadlineExceeded']);
    expect(of(live, 'Running')).toEqual([]);
  });
});
