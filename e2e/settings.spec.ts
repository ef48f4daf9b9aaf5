// Settings in the user's words: what is chosen in the panel stands in the text, is in force, and can be taken back; and the same
// request under two modes.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { inspector, openSample, timetable, visit, written } from './page';

const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Cluster settings' });
const address = (page: Page): Locator => page.getByRole('combobox', { name: 'Address of the request' });

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cluster settings' }).click();
  await expect(panel(page)).toBeVisible();
}

test('the mode of kube-proxy is chosen, written, in force, and taken back', async ({ page }) => {
  await visit(page);
  await openSettings(page);
  await panel(page).getByRole('radio', { name: 'IPVS' }).check();
  await expect(panel(page).getByRole('status')).toContainText(/Written at line \d+/);
  await expect(page.locator('.monaco-editor')).toContainText('mode: ipvs');
  expect(await written(page)).toContain('kind: KubeProxyConfiguration\n    mode: ipvs\n');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Cluster settings' })).toBeFocused();

  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await timetable(page)
    .getByRole('button', { name: /INPUT.*IPVS/ })
    .last()
    .click();
  await expect(inspector(page)).toContainText('10.152.183.25:80 rr');

  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => written(page)).toMatch(/name: production\n$/);
  expect(await written(page)).not.toContain('KubeProxyConfiguration');
  await expect(page.getByRole('button', { name: 'Cluster settings' })).toContainText('iptables');
});

test('a tunnel is a word in Calico’s pool, and the plan follows', async ({ page }) => {
  await visit(page);
  await openSample(page, 'Pod to Pod, two nodes');
  await openSettings(page);
  await panel(page).getByRole('combobox', { name: 'Pod network' }).selectOption('calico-vxlan');
  await expect(page.getByRole('button', { name: 'Cluster settings' })).toContainText('Calico VXLAN');
  expect(await written(page)).toContain('vxlanMode: Always');
  await expect(timetable(page)).toContainText('vxlan.calico');
  await panel(page).getByRole('combobox', { name: 'Pod network' }).selectOption('kindnet');
  await expect(panel(page).getByRole('checkbox', { name: /natOutgoing/ })).toBeDisabled();
  await expect.poll(() => written(page)).not.toContain('IPPool');
});

test('userspace is told of, and cannot be chosen; a domain that is none is not written', async ({ page }) => {
  await visit(page);
  const before = await written(page);
  await openSettings(page);
  await expect(panel(page).getByRole('radio', { name: /userspace/ })).toBeDisabled();
  await expect(panel(page)).toContainText('v1.26 removed it');
  await panel(page).getByRole('textbox', { name: 'DNS domain' }).fill('not_a domain');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('alert')).toBeVisible();
  expect(await written(page)).toBe(before);
  await panel(page).getByRole('textbox', { name: 'DNS domain' }).fill('shop.example');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('status')).toContainText(/Written at line/);
  expect(await written(page)).toContain('kubernetes shop.example in-addr.arpa ip6.arpa {');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the panel and the comparison have no barrier that axe can find, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await visit(page);
    await openSettings(page);
    const ofPanel = await new AxeBuilder({ page }).include('.settings').analyze();
    expect(ofPanel.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Two modes' }).click();
    await expect(page.getByRole('tabpanel').getByRole('table')).toBeVisible();
    await address(page).click();
    const ofPage = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
    expect(ofPage.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([]);
  });
}

test('the same request under two modes stands side by side', async ({ page }) => {
  await visit(page);
  await page.getByRole('tab', { name: 'Two modes' }).click();
  const view = page.getByRole('tabpanel');
  await expect(view.getByRole('row', { name: /^May end at/ })).toContainText(/33.3%.*33.3%/s);
  await view.getByRole('combobox', { name: 'Compared with' }).selectOption('nftables');
  await expect(view.getByRole('columnheader', { name: /nftables/ })).toBeVisible();
  await expect(view.getByRole('row', { name: /^Chosen by/ })).toContainText(/--to-destination.*dnat/s);
  await page.getByRole('combobox', { name: 'Kind of request' }).selectOption('ping');
  await view.getByRole('combobox', { name: 'Compared with' }).selectOption('ipvs');
  await expect(view.getByRole('status')).toContainText('the outcome');
  await view.getByRole('button', { name: 'Use this mode' }).click();
  await expect(view.getByRole('columnheader', { name: /IPVS.*in force/ })).toBeVisible();
});

test('a ping goes to the same host, and a cluster IP does not answer it', async ({ page }) => {
  await visit(page);
  await page.getByRole('combobox', { name: 'Kind of request' }).selectOption('ping');
  await expect(address(page)).toHaveValue('ping:backend');
  await expect(timetable(page)).not.toContainText('answer received');
  await page.keyboard.press('End');
  await expect(inspector(page)).toContainText('ping -c 1 backend');
});

test('addresses of the cluster are offered, by mouse and by key', async ({ page }) => {
  await visit(page);
  await address(page).click();
  const list = page.getByRole('listbox', { name: 'Addresses of this cluster' });
  await expect(list.getByRole('option', { name: 'http://backend/ backend' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(list).toBeHidden();
  await address(page).fill('1.1.11');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(address(page)).toHaveValue('http://10.1.1.11:8080/');
  await expect(timetable(page)).toContainText('answer received');
});

test('a computer outside has an address of the reader’s choice, and a node that it reaches first', async ({ page }) => {
  await visit(page);
  await openSample(page, 'A node port, through any node');
  await page.getByRole('combobox', { name: 'From' }).selectOption({ label: 'Another address…' });
  await page.getByRole('textbox', { name: 'Address of the computer outside' }).fill('198.51.100.7');
  await page.keyboard.press('Enter');
  await expect(timetable(page)).toContainText('198.51.100.7');
  await page.getByRole('combobox', { name: 'Node that the request reaches first' }).selectOption('node-2');
  await expect(page.getByRole('combobox', { name: 'Node that the request reaches first' })).toHaveValue('node-2');
  await page.getByRole('combobox', { name: 'From' }).selectOption({ label: 'Another address…' });
  await page.getByRole('textbox', { name: 'Address of the computer outside' }).fill('192.168.1.2');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('alert')).toContainText('192.168.1.2 is no address outside of this cluster');
});
