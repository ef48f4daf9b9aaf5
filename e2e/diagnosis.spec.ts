// Why a request fails, in the user's words: the way to the checks, the cause that they name, and the correction that takes it away.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { inspector, openSample, stop, visit, write, written } from './page';

const checks = (page: Page): Locator => page.getByRole('list', { name: 'The checks, in order' });
const cause = (page: Page): Locator => page.getByRole('region', { name: 'The cause' });

test('a failed request leads to the checks, and one line corrects it', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A label that does not match');
  await page.keyboard.press('End');
  await inspector(page).getByRole('button', { name: 'Why? Make the checks' }).click();
  await expect(page.getByRole('tab', { name: 'Diagnosis' })).toHaveAttribute('aria-selected', 'true');
  await expect(checks(page).getByRole('listitem').filter({ hasText: 'Has it endpoints?' })).toContainText('symptom');
  const failed = checks(page).getByRole('listitem').filter({ hasText: 'Do Pods bear its labels?' });
  await expect(failed).toContainText('failed');
  await expect(failed).toContainText('$ kubectl get pods -n production -l app=back-end -o wide');
  await expect(failed).toContainText('No resources found');
  await expect(checks(page).getByRole('listitem').filter({ hasText: 'Are these Pods ready?' })).toContainText('not looked at');
  await expect(cause(page)).toContainText('No Pod bears the labels of backend');

  await cause(page).getByRole('button', { name: 'Correct and send again' }).click();
  await expect(cause(page)).toContainText('Nothing is wrong');
  expect(await written(page)).toContain('    app: backend\n  ports:');
  await page.getByRole('tab', { name: 'Plan', exact: true }).click();
  await expect(stop(page)).toBeVisible();

  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => written(page)).toContain('app: back-end\n  ports:');
});

test('one bad Pod of several is named with its share', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A Service over two nodes');
  const text = await written(page);
  await write(page, text.replace(/(name: backend-3\n.*?containerPort: )8080/s, '$19090'));
  await page.getByRole('tab', { name: 'Diagnosis' }).click();
  await expect(cause(page)).toContainText('One Pod of 3 is bad');
  await expect(cause(page)).toContainText('33.3% of such requests fail');
});

test('the checks have no accessibility violation, in both themes', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A label that does not match');
  await page.getByRole('tab', { name: 'Diagnosis' }).click();
  await expect(cause(page)).toBeVisible();
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => document.documentElement.setAttribute('data-theme', chosen), theme);
    const { violations } = await new AxeBuilder({ page }).include('.diagnosis').analyze();
    expect(violations).toEqual([]);
  }
});
