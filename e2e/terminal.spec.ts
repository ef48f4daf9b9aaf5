// The terminal, by keyboard alone: what is typed, what comes back, and how one gets in and out.

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { paste, stop, visit, write } from './page';
import { commandLine, drawer, enter, openTerminal, screen } from './terminal-page';

test('a key opens it and gives it the keyboard, the same key closes it, and the next visit finds it as it was', async ({ page }) => {
  await visit(page);
  await expect(drawer(page)).toBeHidden();
  await page.keyboard.press('t');
  await expect(commandLine(page)).toBeFocused();
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$');
  await page.keyboard.press('Control+Backquote');
  await expect(drawer(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Terminal', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(commandLine(page)).toBeFocused();
  const edge = page.getByRole('separator', { name: 'Height of the terminal' });
  const before = Number(await edge.getAttribute('aria-valuenow'));
  await edge.focus();
  await page.keyboard.press('ArrowUp');
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 32));
  await page.reload();
  await expect(drawer(page)).toBeVisible();
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 32));
  await expect(stop(page)).toBeVisible();
  await expect(commandLine(page)).not.toBeFocused();
});

test('from the editor too, and what is typed in the terminal moves nothing else', async ({ page }) => {
  await visit(page);
  const before = await stop(page).textContent();
  await page.locator('.monaco-editor .view-lines').click();
  await openTerminal(page);
  await page.keyboard.type('nd r+-');
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$ nd r+-');
  expect(await stop(page).textContent()).toBe(before);
});

test('commands answer as kubectl does, the objects are those of the text', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  expect(await enter(page, 'kubectl get pods -n production')).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\nbackend-1 +1\/1 +Running/);
  expect(await enter(page, 'kubectl get svc -n production -o wide')).toMatch(
    /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE +SELECTOR\nbackend +ClusterIP +10\.152\.183\.25 /,
  );
  expect(await enter(page, 'kubectl gett')).toBe(
    'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n        set\n        get',
  );
  expect(await enter(page, 'kubctl')).toContain('command not found');
});

test('the text is edited, and the next command finds it applied', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  expect(await enter(page, 'kubectl get pods')).toBe('No resources found in default namespace.');
  await page.keyboard.press('Control+Backquote');
  await write(page, 'apiVersion: v1\nkind: Pod\nmetadata: { name: shop }\nspec: { containers: [{ name: main, image: nginx }] }\n');
  await page.keyboard.press('Control+Backquote');
  expect(await enter(page, 'kubectl get pods')).toMatch(/^NAME.*\nshop +1\/1/);
});

test('a line is edited, recalled and searched for as in a shell', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  await enter(page, 'kubectl get nodes');
  await enter(page, 'kubectl get ns');
  await page.keyboard.press('Control+L');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$ kubectl get nodes');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('#');
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+Y');
  await page.keyboard.press('End');
  await page.keyboard.press('Control+Backspace');
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$ #kubectl get');
  await page.keyboard.press('Control+C');
  await page.keyboard.press('Control+L');
  await page.keyboard.press('Control+R');
  await page.keyboard.type('nod');
  await expect.poll(() => screen(page)).toBe("(reverse-i-search)`nod': kubectl get nodes");
  await page.keyboard.press('Escape');
  await page.reload();
  await commandLine(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$ kubectl get ns');
});

test('several pasted lines run one after the other, and an unfinished one waits', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  await paste(page, 'kubectl get ns\nkubectl get nodes\nkubectl get');
  await expect.poll(() => screen(page)).toMatch(/get ns\nNAME.*get nodes\nNAME.*\nstudent@kubehop:~\$ kubectl get$/s);
  await page.keyboard.type(' <<EOF\n');
  await expect.poll(() => screen(page)).toMatch(/kubectl get <<EOF\n>$/);
  await page.keyboard.press('Control+C');
  await expect.poll(() => screen(page)).toMatch(/\^C\nstudent@kubehop:~\$$/);
});

test('what is typed before the screen of the terminal is there is entered when it is', async ({ page }) => {
  await page.route(/Screen-[^/]*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1200));
    await route.continue();
  });
  await visit(page);
  await page.keyboard.press('t');
  await page.keyboard.type('kubectl get ns\nkubectl get node');
  await expect.poll(() => screen(page)).toMatch(/get ns\nNAME +STATUS[^$]*\nstudent@kubehop:~\$ kubectl get node$/);
  await expect(commandLine(page)).toBeFocused();
  await expect(page.getByRole('slider', { name: 'Instant of the cluster' })).toBeHidden();
});

test('Tab goes on through the page where there is nothing to complete, and after Escape', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  await page.keyboard.press('Tab');
  await expect(commandLine(page)).not.toBeFocused();
  await expect(drawer(page).getByRole('button', { name: /^kubectl get pods/ })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(commandLine(page)).toBeFocused();
  await page.keyboard.type('kubectl ge');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(commandLine(page)).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(commandLine(page)).not.toBeFocused();
});

test('Tab writes out what is certain and lists what is not', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  await page.keyboard.type('kubectl desc');
  await page.keyboard.press('Tab');
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$ kubectl describe');
  await page.keyboard.type('pods -n pro');
  await page.keyboard.press('Tab');
  await page.keyboard.type('back');
  await page.keyboard.press('Tab');
  await expect.poll(() => screen(page)).toBe('student@kubehop:~$ kubectl describe pods -n production backend-');
  await page.keyboard.press('Tab');
  await expect
    .poll(() => screen(page))
    .toMatch(/backend-$\n(?:backend-\d *)+\nstudent@kubehop:~\$ kubectl describe pods -n production backend-$/m);
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await expect.poll(() => screen(page)).toMatch(/Events: +\S/);
});

test('an empty terminal offers commands that fit the cluster; one press runs them', async ({ page }) => {
  await visit(page);
  await openTerminal(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => screen(page)).toMatch(/kubectl get pods -o wide -n production\nNAME.*\nbackend-1 /);
  await expect(commandLine(page)).toBeFocused();
  await expect(drawer(page).getByRole('button', { name: /^kubectl/ })).toHaveCount(0);
});

test('a value that holds an escape sequence cannot move the cursor', async ({ page }) => {
  await visit(page);
  await write(page, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: trap }\ndata: { bell: "\\e[2J\\e[Hgone\\a" }\n');
  await openTerminal(page);
  expect(await enter(page, "kubectl get cm trap -o jsonpath='{.data.bell}'")).toBe('[2J[Hgone');
});

test('ten thousand lines do not hold the page up, and the last of them can be read', async ({ page }) => {
  await visit(page);
  const lines = Array.from({ length: 10_000 }, (_, index) => `    row ${index}`).join('\n');
  await write(page, `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: long }\ndata:\n  rows: |\n${lines}\n`);
  await openTerminal(page);
  await page.keyboard.type("kubectl get cm long -o jsonpath='{.data.rows}'\n");
  await expect.poll(() => screen(page)).toMatch(/row 9999\nstudent@kubehop:~\$$/);
  await page.keyboard.press('PageUp');
  await expect.poll(() => screen(page)).not.toContain('row 9999');
  await page.keyboard.type('kubectl');
  await expect.poll(() => screen(page)).toMatch(/student@kubehop:~\$ kubectl$/);
});

test('a dead engine is said in the terminal, and lines wait for the next one', async ({ page }) => {
  await page.route(/server-[^/]*\.js$/, (route) => route.abort());
  await page.goto('/');
  const sheet = page.getByRole('alert').filter({ hasText: 'The engine stopped' });
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Control+Backquote');
  await expect.poll(() => screen(page)).toMatch(/engine (?:has )?stopped/i);
  await expect(commandLine(page)).toBeFocused();
  await page.keyboard.type('kubectl get ns\n');
  await page.unroute(/server-[^/]*\.js$/);
  await sheet.getByRole('button', { name: 'Restart the engine' }).click();
  await expect.poll(() => screen(page)).toMatch(/engine was restarted.*kubectl get ns\nNAME +STATUS/s);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the terminal has no barrier that axe can find, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await visit(page);
    await openTerminal(page);
    await enter(page, 'kubectl get pods -A -o wide');
    const { violations } = await new AxeBuilder({ page }).include('#terminal').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  });
}

test('on a narrow page it covers the foot, and its words are French where the page is', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await expect(stop(page)).toBeVisible();
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByRole('button', { name: 'Terminal', exact: true }).click();
  const line = page.getByRole('textbox', { name: /^Ligne de commande/ });
  await expect(line).toBeFocused();
  await page.keyboard.type('kubectl get ns\n');
  await expect.poll(() => screen(page)).toMatch(/NAME +STATUS +AGE\ndefault/);
  const box = await drawer(page).boundingBox();
  expect(box?.width).toBe(390);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
  await page.getByRole('button', { name: 'Fermer le terminal' }).click();
  await expect(drawer(page)).toBeHidden();
});
