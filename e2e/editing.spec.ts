// Writing YAML: nothing is lost, mistakes are told at their line, and the plan follows.

import { expect, test } from '@playwright/test';
import { openSample, paste, problems, stop, timetable, visit, write, written } from './page';

test('what is typed arrives, spaces included', async ({ page }) => {
  await visit(page);
  await write(page, '# ');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('a: b c');
  await expect.poll(() => written(page)).toBe('a: b c');
});

test('the fields of a Service are offered while one writes', async ({ page }) => {
  await visit(page);
  await write(page, 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-widget')).toContainText('clusterIP');
});

test('a mistake is told at its line, and the plan stays', async ({ page }) => {
  await visit(page);
  await write(page, 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80000\n');
  await expect(problems(page)).toContainText('Line 7.');
  await expect(problems(page)).toContainText('80000');
  await problems(page).getByRole('button').first().click();
  await expect(page.locator('.monaco-editor .selected-text').first()).toBeVisible();
});

test('while the YAML cannot be read, the journey stays as it was', async ({ page }) => {
  await visit(page);
  const stops = await timetable(page).locator('.row').count();
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+End');
  await paste(page, '\n---\nkind: [Pod\n');
  await expect(problems(page)).toContainText('Line ');
  await expect(timetable(page).locator('.row')).toHaveCount(stops);
});

test('more replicas make more addresses behind the Service', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A Deployment to scale');
  await page.getByRole('tab', { name: 'Tables' }).click();
  const endpoints = page.getByRole('table', { name: 'Addresses behind each Service' });
  const ofApi = endpoints.getByRole('cell', { name: /^default\/api-/ });
  await expect(ofApi).toHaveCount(3);
  await write(page, (await written(page)).replace('replicas: 3', 'replicas: 5'));
  await expect(ofApi).toHaveCount(5);
});

test('the text is there again at the next visit', async ({ page }) => {
  await visit(page);
  await write(page, 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: mine\nspec:\n  containers:\n  - name: c\n    image: nginx\n');
  await expect.poll(() => written(page)).toContain('name: mine');
  await page.reload();
  await expect(page.locator('.monaco-editor')).toContainText('mine');
});

test('a rule leads to the lines that it comes from', async ({ page }) => {
  await visit(page);
  await expect(page.locator('.monaco-editor .rule-line').first()).toBeVisible();
  await stop(page).focus();
  await page.locator('.evidence-row.matched button').first().click();
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
});

test('an empty text offers samples', async ({ page }) => {
  await visit(page);
  await write(page, ' ');
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('heading', { name: 'Write a Pod, it appears here' })).toBeVisible();
  await page
    .getByRole('button', { name: /^A Service over two nodes/ })
    .last()
    .click();
  await expect(timetable(page)).toContainText('answer received');
});
