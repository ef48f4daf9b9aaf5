// A first visit, and following a request.

import { expect, test } from '@playwright/test';
import { inspector, openSample, position, stop, timetable, visit } from './page';

test('the page opens with a finished journey, halted where the Service’s address is replaced', async ({ page }) => {
  await visit(page);
  await expect(stop(page)).toContainText('PREROUTING');
  await expect(timetable(page)).toContainText('answer received');
  await expect(inspector(page)).toContainText('10.152.183.25:80');
  await expect(inspector(page).locator('del')).toContainText('10.152.183.25:80');
  await expect(inspector(page).locator('table ins').first()).toHaveText(/^10\.1\.1\.1[012]:8080$/);
  await expect(timetable(page).getByRole('heading', { level: 3 })).toHaveText([
    /Find the address/,
    /Send the request/,
    /Bring back the answer/,
  ]);
});

test('the rules tried are shown as iptables-save prints them', async ({ page }) => {
  await visit(page);
  await inspector(page).getByRole('button', { name: 'Full text' }).click();
  await expect(inspector(page)).toContainText('--probability 0.33333333349');
  await expect(inspector(page)).toContainText('-A KUBE-SERVICES -d 10.152.183.25/32');
  await expect(inspector(page)).toContainText(/--to-destination 10\.1\.1\.1[012]:8080/);
});

test('the keys step forward and back, jump to a line, and play', async ({ page }) => {
  await visit(page);
  const start = Number(await position(page).getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await expect(position(page)).toHaveAttribute('aria-valuenow', String(start + 1));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(position(page)).toHaveAttribute('aria-valuenow', String(start - 1));
  await page.keyboard.press('n');
  await expect(position(page)).toHaveAttribute('aria-valuenow', String(start));
  await page.keyboard.press('Home');
  await expect(position(page)).toHaveAttribute('aria-valuenow', '1');
  await page.keyboard.press('r');
  await expect(inspector(page).locator('.bullet')).toHaveText('R');
  await page.keyboard.press('a');
  await expect(stop(page)).toContainText('frontend');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(position(page)).not.toHaveAttribute('aria-valuenow', String(start));
});

test('Send plays the journey from its first stop', async ({ page }) => {
  await visit(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(position(page)).toHaveAttribute('aria-valuenow', /^[123]$/);
  await expect(page.getByRole('button', { name: 'Send again' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(inspector(page)).toContainText('What the client sees');
});

test('a hundred requests are shared among the back ends, and each of them opens', async ({ page }) => {
  await visit(page);
  await page.getByRole('tab', { name: '100 requests' }).click();
  const view = page.getByRole('tabpanel');
  await expect(view.locator('.share')).toHaveCount(3);
  await expect(view.locator('tbody tr')).toHaveCount(100);
  const ports = await view.locator('tbody tr td:nth-child(2)').allTextContents();
  expect(new Set(ports).size).toBe(100);
  const port = ports[41] ?? '';
  await view.getByRole('button', { name: 'Open the journey 42', exact: true }).click();
  await expect(inspector(page)).toContainText(`10.1.1.5:${port}`);
});

test('the transcript tells every stop in a sentence', async ({ page }) => {
  await visit(page);
  const stops = await timetable(page).locator('.row').count();
  await page.getByRole('tab', { name: 'Transcript' }).click();
  await expect(page.getByRole('tabpanel').getByRole('listitem')).toHaveCount(stops);
});

test('a selector that matches nothing ends in a refusal that says so', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A label that does not match');
  await expect(timetable(page)).toContainText('refused');
  await expect(stop(page).locator('rect')).toBeVisible();
  await expect(inspector(page)).toContainText("Couldn't connect to server");
  await expect(inspector(page)).toContainText('REJECT');
});

test('a wrong targetPort brings the packet to the Pod, which refuses it', async ({ page }) => {
  await visit(page);
  await openSample(page, 'The wrong targetPort');
  await expect(timetable(page)).toContainText('refused');
  await expect(inspector(page)).toContainText("Couldn't connect to server");
  await expect(timetable(page)).toContainText('DNAT');
});

test('Pods talk to each other by address, on one node and on two', async ({ page }) => {
  await visit(page);
  await openSample(page, 'Pod to Pod, one node');
  await expect(timetable(page)).toContainText('answer received');
  await expect(timetable(page).locator('.plate')).toHaveCount(0);
  await openSample(page, 'Pod to Pod, two nodes');
  await expect(timetable(page)).toContainText('192.168.1.11');
  await expect(timetable(page).locator('.plate')).toHaveCount(0);
});

test('a Service with hand-written Endpoints leads out of the cluster', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A Service for an outside address');
  await expect(timetable(page)).toContainText('192.0.2.42:9376');
  await expect(timetable(page)).toContainText('answer received');
});
