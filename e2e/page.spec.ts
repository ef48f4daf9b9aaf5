// The page as a whole: languages, themes, keyboard, screen readers, failures of our own, no network.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { inspector, position, stop, timetable, visit, write, written } from './page';

test('French and English are one press away, and remembered', async ({ page }) => {
  await visit(page);
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.getByRole('button', { name: 'Envoyer' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Feuille de route' })).toContainText('réponse reçue');
});

test('the theme follows the system until another one is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await visit(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /^Theme/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page has no barrier that axe can find, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await visit(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)).toEqual(
      [],
    );
  });
}

test('a dead engine is said, the text stays, and a restart brings all back', async ({ page }) => {
  await page.route(/server-[^/]*\.js$/, (route) => route.abort());
  await page.goto('/');
  const sheet = page.getByRole('alert').filter({ hasText: 'The engine stopped' });
  await expect(sheet).toBeVisible();
  await expect(page.locator('.monaco-editor')).toContainText('apiVersion');
  await page.unroute(/server-[^/]*\.js$/);
  await sheet.getByRole('button', { name: 'Restart the engine' }).click();
  await expect(sheet).toBeHidden();
  await expect(stop(page)).toBeVisible();
});

test('without storage the page works, and says that nothing is kept', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.goto('/');
  await expect(stop(page)).toBeVisible();
  await write(page, 'apiVersion: v1\n');
  await expect(page.getByText('This browser keeps nothing between visits')).toBeVisible();
});

test('no request ever leaves for another server', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await visit(page);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(position(page)).not.toHaveAttribute('aria-valuenow', '1');
  const origin = new URL(page.url()).origin;
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((url) => !url.startsWith(origin) && !/^(data|blob):/.test(url))).toEqual([]);
});

test('a request that makes no sense is told', async ({ page }) => {
  await visit(page);
  await page.getByLabel('Address of the request').fill('http://');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('alert')).toContainText('no address to send to');
});

test('a pasted cluster without the client of the request offers one of its own', async ({ page }) => {
  await visit(page);
  await write(
    page,
    'apiVersion: v1\nkind: Pod\nmetadata: { name: shop, labels: { app: shop } }\nspec: { containers: [{ name: main, image: nginx }] }\n---\n' +
      'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\nspec: { selector: { app: shop }, ports: [{ port: 80 }] }\n',
  );
  await page.getByRole('button', { name: 'Send from shop to http://shop.default/ instead' }).click();
  await expect(timetable(page)).toContainText('PREROUTING');
  await expect(page.getByLabel('Address of the request')).toHaveValue('http://shop.default/');
});

test('a narrow page puts the editor behind a tab', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 800 });
  await page.goto('/');
  await expect(stop(page)).toBeVisible();
  await expect(page.locator('.monaco-editor')).toBeHidden();
  await page.getByRole('button', { name: 'YAML' }).click();
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
  await expect(timetable(page)).toBeVisible();
  expect((await written(page)).length).toBeGreaterThanOrEqual(0);
});
