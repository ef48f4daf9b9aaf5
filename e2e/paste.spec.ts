// Text from a real cluster: pasted or dropped, without the values of its Secrets.

import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { paste, problems, visit, write, written } from './page';

const fixture = (name: string): string => readFileSync(new URL(`../src/engine/pastes/${name}`, import.meta.url), 'utf8');

const notice = (page: Page) => page.locator('.notice');

interface Dropped {
  readonly name: string;
  readonly text?: string;
  readonly bytes?: readonly number[];
  /** So many bytes of filling. */
  readonly size?: number;
}

/** Drops files onto an element, as the browser tells of it. */
async function drop(page: Page, selector: string, files: readonly Dropped[]): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate((target, dropped) => {
      const transfer = new DataTransfer();
      for (const { name, text, bytes, size } of dropped) {
        const content = bytes === undefined ? (text ?? 'x'.repeat(size ?? 0)) : new Uint8Array(bytes);
        transfer.items.add(new File([content], name));
      }
      for (const type of ['dragover', 'drop'])
        target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, files);
}

test('a paste with a Secret is shown and kept without its values, and says so', async ({ page }) => {
  await visit(page);
  await write(page, fixture('eks.json'));
  await expect(notice(page)).toContainText('2 values of Secret prod/api-db were taken out');
  await expect.poll(() => written(page)).toContain('"DB_PASSWORD": ""');
  const everything = await page.evaluate(() => JSON.stringify(localStorage) + document.body.innerText);
  expect(everything).not.toContain('Y29ycmVjdCBob3JzZSBiYXR0ZXJ5');
  expect(everything).not.toContain('correct horse');
  await page.screenshot({ path: 'test-results/paste.png' });
  await notice(page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice(page)).toHaveCount(0);
});

test('a Secret that is typed by hand is not kept with its values', async ({ page }) => {
  await visit(page);
  await write(page, '# mine');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('kind: Secret # password\nstringData:\n  password: hunter2');
  await expect.poll(() => written(page)).toContain('password: ""');
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('hunter2');
});

test('files are dropped on the plan in place of a sample, then below the text', async ({ page }) => {
  await visit(page);
  await drop(page, '.centre', [{ name: 'pods.yaml', text: fixture('gke.yaml') }]);
  await expect.poll(() => written(page)).toBe(fixture('gke.yaml'));
  const utf16 = [
    0xff,
    0xfe,
    ...[...'apiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: shop\r\n'].flatMap((letter) => [letter.charCodeAt(0), 0]),
  ];
  await drop(page, '.monaco-editor', [
    { name: 'namespace.txt', bytes: utf16 },
    { name: 'b.yml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n' },
  ]);
  await expect.poll(() => written(page)).toContain('---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\napiVersion');
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => written(page)).toBe(fixture('gke.yaml'));
});

test('what is too large or no text is refused with a message, and the text stays', async ({ page }) => {
  await visit(page);
  await write(page, '# mine');
  await drop(page, '.monaco-editor', [{ name: 'all.yaml', size: 50 * 1024 * 1024 }]);
  await expect(notice(page)).toContainText('That is 50 MB');
  await drop(page, '.monaco-editor', [{ name: 'photo.png', bytes: [0x89, 0x50, 0x4e, 0x47, 0, 0] }]);
  await expect(notice(page)).toContainText('photo.png: no text');
  expect(await written(page)).toBe('# mine');
});

test('five megabytes of a cluster load', async ({ page }) => {
  test.setTimeout(120_000);
  await visit(page);
  const items = fixture('gke.yaml').split(/^(?=- |kind: List)/m);
  const many = Array.from({ length: 220 }, (_, at) =>
    items.slice(1, -1).join('').replaceAll('shop', `shop-${at}`).replaceAll('10.108.', `10.${at}.`),
  );
  const text = [items[0], ...many, items.at(-1)].join('');
  expect(text.length).toBeGreaterThan(5_000_000);
  await drop(page, '.centre', [{ name: 'all.yaml', text }]);
  await page.getByRole('tab', { name: 'Tables' }).click();
  await expect(page.getByRole('table', { name: 'Pods' })).toContainText('cart-64c7f8d9b5-5qzkx', { timeout: 60_000 });
});

test('a paste that repeats its objects says so in one line', async ({ page }) => {
  await visit(page);
  await write(page, fixture('gke.yaml'));
  await page.keyboard.press('ControlOrMeta+End');
  await paste(page, `---\n${fixture('gke.yaml')}`);
  await expect(problems(page).getByRole('listitem')).toHaveCount(1);
  await expect(problems(page)).toContainText('8 objects stand in the text twice');
});

test('rules of a machine, dropped beside the objects, are told where they differ', async ({ page }) => {
  await visit(page);
  await drop(page, '.centre', [{ name: 'kind.json', text: fixture('kind.json') }]);
  await expect.poll(() => written(page)).toBe(fixture('kind.json'));
  const rules = fixture('kind-worker.iptables-save.txt').replaceAll('10.244.2.2', '10.244.2.9');
  await drop(page, '.monaco-editor', [{ name: 'rules.txt', text: rules }]);
  await expect(problems(page)).toContainText('Stale: 10.244.2.9:80');
  await problems(page).getByRole('button').first().click();
  await expect(page.locator('.monaco-editor')).toContainText('2.9:80');
  await page.screenshot({ path: 'test-results/recorded.png' });
});
