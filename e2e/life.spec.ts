// A cluster over time: the clock, a text that is applied, faults and their mending, traffic, undo, the control plane.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { inspector, openSample, stop, timetable, visit, write, written } from './page';
import { commandLine, enter, openTerminal } from './terminal-page';

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Over time' });
const history = (page: Page): Locator => page.getByRole('region', { name: 'History' });
const instant = (page: Page): Locator => page.getByRole('slider', { name: 'Instant of the cluster' });
const time = (page: Page): Locator => bar(page).getByRole('timer');
const pods = (page: Page, name: RegExp): Locator => page.locator('.plan').getByRole('button', { name });

const DEPLOYMENT = (replicas: number, probe = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      containers:
      - name: api
        image: registry.example/api:1.4
        ports:
        - containerPort: 8080
${probe}---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  containers:
  - name: client
    image: registry.example/client:1.0
`;

const PROBE = `        readinessProbe:
          httpGet:
            path: /ready
            port: 8080
          periodSeconds: 2
`;

async function begin(page: Page): Promise<void> {
  await visit(page);
  await openSample(page, 'A Deployment to scale');
  await page.getByRole('button', { name: 'Over time', exact: true }).click();
  await expect(time(page)).toHaveText('0:00.0');
}

/** What is still to come stands in the history too, and says so. */
const happened = (page: Page): Locator => history(page).getByRole('listitem').filter({ hasNotText: 'still to come' });

/** Lets the clock go on until a sentence of the history has happened. */
async function until(page: Page, sentence: RegExp): Promise<void> {
  await expect(async () => {
    await bar(page).getByRole('button', { name: 'Next happening' }).click({ timeout: 1000 });
    await expect(happened(page).filter({ hasText: sentence }).first()).toBeVisible({ timeout: 400 });
  }).toPass({ timeout: 40_000 });
}

test('at rest the page is as it was, and a text settles at once', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A Deployment to scale');
  await expect(instant(page)).toBeHidden();
  await write(page, DEPLOYMENT(5));
  await expect(pods(page, /^api-/)).toHaveCount(5);
});

test('over time a changed text waits, says what it would change, and comes true step by step', async ({ page }) => {
  await begin(page);
  await write(page, DEPLOYMENT(5, PROBE));
  const apply = page.getByRole('button', { name: 'Apply', exact: true });
  await expect(page.locator('.apply')).toContainText('1 to configure');
  await expect(page.locator('.apply')).toContainText('Deployment api');
  await expect(pods(page, /^api-/)).toHaveCount(3);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(apply).toBeHidden();
  await expect(history(page)).toContainText('Deployment api is stored anew');
  await until(page, /is Ready/);
  const there = await instant(page).getAttribute('aria-valuenow');
  expect(Number(there)).toBeGreaterThan(0);
  await until(page, /rules/);
  await expect(history(page)).toContainText('readiness probe');
});

test('a command in the terminal and an edit that is not applied yet lose nothing of each other', async ({ page }) => {
  await begin(page);
  await write(page, DEPLOYMENT(4));
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(history(page)).toContainText('stored anew');
  await write(page, DEPLOYMENT(4).replace('api:1.4', 'api:1.5 # newer'));
  await expect(page.locator('.apply')).toContainText('1 to configure');
  await openTerminal(page);
  expect(await enter(page, 'kubectl scale deploy api --replicas=5')).toBe('deployment.apps/api scaled');
  await expect.poll(() => written(page)).toBe(DEPLOYMENT(5).replace('api:1.4', 'api:1.5 # newer'));
  await expect(page.locator('.apply')).toContainText('~ Deployment api');
  await write(page, DEPLOYMENT(6));
  await commandLine(page).focus();
  expect(await enter(page, 'kubectl scale deploy api --replicas=2')).toBe(
    'deployment.apps/api scaled\nChanged in the cluster alone: Deployment api. Your edit, not applied yet, is in the same place and stays in the text.',
  );
  expect(await written(page)).toBe(DEPLOYMENT(6));
  expect(await enter(page, 'kubectl apply -f cluster.yaml')).toContain('deployment.apps/api configured');
  await expect(page.locator('.apply')).toBeHidden();
});

test('time begins with what commands at rest have left, and goes back to it; a sample opened again is as it was', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A Deployment to scale');
  const names = async (): Promise<readonly string[]> =>
    pods(page, /^api-/).evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')?.split(',')[0] ?? '').sort());
  await expect(pods(page, /^api-/)).toHaveCount(3);
  const before = await names();
  await openTerminal(page);
  await enter(page, `kubectl delete pod ${before[0]}`);
  await expect.poll(names).not.toContain(before[0]);
  const after = await names();
  await page.keyboard.press('Control+Backquote');
  await page.reload();
  await expect(pods(page, /^api-/)).toHaveCount(3);
  expect(await names()).toEqual(after);
  await page.getByRole('button', { name: 'Over time', exact: true }).click();
  await expect(history(page)).toContainText(before[0] ?? '');
  expect(await names()).toEqual(after);
  await expect(pods(page, /^api-.*, ready$/)).toHaveCount(3);
  const now = await time(page).textContent();
  expect(now).not.toBe('0:00.0');
  await page.reload();
  await expect(time(page)).toHaveText(now ?? '');
  await expect.poll(names).toEqual(after);
  await instant(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(names).toEqual(before);
  await bar(page).getByRole('button', { name: 'Back to rest' }).click();
  await openSample(page, 'A Deployment to scale');
  await expect.poll(names).toEqual(before);
});

test('the clock runs, rests, and is put back by the keyboard', async ({ page }) => {
  await begin(page);
  await write(page, DEPLOYMENT(4));
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(history(page)).toContainText('stored anew');
  await bar(page).getByLabel('Speed of the clock').selectOption('10×');
  await bar(page).getByRole('button', { name: 'Let time go by' }).click();
  await expect(pods(page, /^api-.*, ready$/)).toHaveCount(4);
  await bar(page).getByRole('button', { name: 'Stop the clock' }).click();
  await expect(inspector(page)).toBeVisible();
  await instant(page).focus();
  await page.keyboard.press('Home');
  await expect(time(page)).toHaveText('0:00.0');
  for (let tenth = 0; tenth < 5; tenth += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(time(page)).toHaveText('0:00.5');
  await expect(pods(page, /^api-.*, not ready$/)).toHaveCount(1);
  await expect(pods(page, /^api-/).filter({ hasText: 'Pending' })).toHaveCount(1);
});

test('a program that crashes is started again, and undo makes it never have happened', async ({ page }) => {
  await begin(page);
  await pods(page, /^api-/).first().click();
  await page.getByRole('button', { name: 'Crash its program' }).click();
  await expect(history(page)).toContainText('crashes with exit code 1');
  await until(page, /started again, for the 1st time/);
  const card = page.locator('.pod-card');
  await expect(card.getByRole('heading', { name: 'What happened to it' })).toBeVisible();
  await expect(card.getByRole('listitem').first()).toContainText('started again, for the 1st time');
  await expect(card.getByRole('listitem').last()).toContainText('crashes with exit code 1');
  await page.locator('.life-head').click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(time(page)).toHaveText('0:00.0');
  await expect(history(page)).toContainText('Nothing has happened yet');
  await page.reload();
  await expect(history(page)).toContainText('Nothing has happened yet');
  await page.locator('.life-head').click();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(history(page)).toContainText('crashes with exit code 1');
});

test('traffic into a cluster with an ill Pod fails, opens on the plan, and is well again after the mending', async ({ page }) => {
  await begin(page);
  for (const index of [0, 1, 2]) {
    await pods(page, /^api-/).nth(index).click();
    await page.getByRole('button', { name: 'Close its port' }).click();
    await expect(page.getByRole('complementary', { name: 'Broken' }).getByRole('listitem')).toHaveCount(index + 1);
  }
  await page.locator('.pod-card').getByRole('button', { name: 'Close' }).first().click();
  await bar(page).getByRole('button', { name: '5 a second for 10 s' }).click();
  await expect(bar(page).getByRole('button', { name: /\d+ refused/ })).toBeVisible();
  await bar(page)
    .getByRole('button', { name: /\d+ refused/ })
    .click();
  await expect(timetable(page)).toContainText('refused');
  await expect(stop(page)).toBeVisible();
  for (let left = 3; left > 0; left -= 1) {
    await page
      .getByRole('button', { name: /^Mend: / })
      .first()
      .click();
    await expect(page.getByRole('button', { name: /^Mend: / })).toHaveCount(left - 1);
  }
  await page.getByRole('button', { name: /^Send/ }).click();
  await expect(timetable(page)).toContainText('answer received');
  await bar(page).getByRole('button', { name: 'Let time go by' }).click();
  await expect(bar(page).locator('.life-tally')).toContainText(/[1-9]\d* answered well/);
});

test('requests on the axis are reached, named and opened by keyboard, with one tab stop', async ({ page }) => {
  await begin(page);
  await bar(page).getByRole('button', { name: '5 a second for 10 s' }).click();
  await expect(bar(page).locator('.life-tally')).toContainText(/[1-9]\d* answered well/);
  await bar(page).getByRole('button', { name: 'Stop the clock' }).click();
  await instant(page).focus();
  await page.keyboard.press('Tab');
  const requests = page.getByRole('toolbar', { name: 'Requests on the axis of time' });
  const first = requests.getByRole('button', { name: 'Request at 0:00.0: answered well' });
  await expect(first).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const third = requests.getByRole('button', { name: 'Request at 0:00.4: answered well' });
  await expect(third).toBeFocused();
  await expect(third).toHaveCSS('outline-style', 'solid');
  await page.keyboard.press('Enter');
  await expect(time(page)).toHaveText('0:00.4');
  await expect(timetable(page)).toContainText('answer received');
  await expect(third).toBeFocused();
  await expect(third).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('End');
  await expect(requests.getByRole('button', { name: /still to come/ }).last()).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(requests.locator(':focus')).toHaveCount(0);
  await page.keyboard.press('Shift+Tab');
  await expect(requests.locator(':focus')).toHaveCount(1);
});

test('a node that is switched off takes its Pods from the Service, and everything is there after a reload', async ({ page }) => {
  await begin(page);
  await page.getByRole('button', { name: 'Node node-1', exact: true }).click();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await until(page, /unreachable/);
  const now = await time(page).textContent();
  await expect(page.getByRole('complementary', { name: 'Broken' })).toContainText('node-1 switched off');
  await page.reload();
  await expect(time(page)).toHaveText(now ?? '');
  await expect(page.getByRole('complementary', { name: 'Broken' })).toContainText('node-1 switched off');
  await bar(page).getByRole('button', { name: 'Back to rest' }).click();
  await expect(instant(page)).toBeHidden();
  await expect(pods(page, /^api-.*, ready$/)).toHaveCount(3);
});

test('over time the remedy of a diagnosis is applied, and is undone like any deed', async ({ page }) => {
  await visit(page);
  await openSample(page, 'The wrong targetPort');
  await page.getByRole('button', { name: 'Over time', exact: true }).click();
  await page.getByRole('tab', { name: 'Diagnosis' }).click();
  await page.getByRole('button', { name: 'Correct and send again' }).click();
  await expect(page.locator('.apply')).toBeHidden();
  await expect(history(page)).toContainText('Service production/backend is stored anew');
  await until(page, /written its rules/);
  await until(page, /EndpointSlices/);
  await bar(page).getByRole('button', { name: 'Next happening' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible();
  await bar(page).getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(page.locator('.apply')).toContainText('~ Service backend');
});

test('the control plane shows who acts because of whom, from nothing on', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A Deployment to scale');
  await page.getByRole('tab', { name: 'Control plane' }).click();
  await page.getByRole('button', { name: 'Replay from nothing' }).click();
  await expect(history(page)).toContainText('The scheduler binds');
  await bar(page).getByRole('button', { name: 'Stop the clock' }).click();
  await history(page)
    .getByRole('button', { name: /The scheduler binds/ })
    .first()
    .click();
  const told = page.locator('.control-told');
  await expect(told).toContainText('scheduler');
  await expect(told).toContainText('because');
  await told.getByTitle('To what caused it').click();
  await expect(told).not.toContainText('The scheduler binds');
  await page.getByRole('button', { name: 'scheduler', exact: true }).click();
  await expect(history(page).getByLabel('Part')).toHaveValue('scheduler');
  await expect(history(page).getByRole('listitem').filter({ hasText: 'network namespace' })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`over time the page has no barrier that axe can find, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await begin(page);
    await page.getByRole('button', { name: 'Node node-1', exact: true }).click();
    await page.getByRole('button', { name: 'Stop kube-proxy' }).click();
    await bar(page).getByRole('button', { name: '5 a second for 10 s' }).click();
    await bar(page).getByRole('button', { name: 'Stop the clock' }).click();
    await write(page, DEPLOYMENT(4));
    await expect(page.locator('.apply')).toContainText('1 to configure');
    await expect(inspector(page)).toBeVisible();
    const found = async (): Promise<readonly string[]> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    };
    expect(await found()).toEqual([]);
    await page.getByRole('tab', { name: 'Control plane' }).click();
    expect(await found()).toEqual([]);
  });
}

test('the same in French', async ({ page }) => {
  await visit(page);
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByRole('button', { name: 'Au fil du temps', exact: true }).click();
  await page.getByRole('button', { name: 'Nœud node-1', exact: true }).click();
  await page.getByRole('button', { name: 'Éteindre' }).click();
  await expect(page.getByRole('region', { name: 'Journal' })).toContainText('node-1');
  await expect(page.getByRole('complementary', { name: 'En panne' })).toContainText('éteint');
});
