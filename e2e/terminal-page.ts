// The terminal as a user sees it: only the rows on the screen count, and only the keyboard writes.

import { expect, type Locator, type Page } from '@playwright/test';

export const drawer = (page: Page): Locator => page.getByRole('region', { name: 'Terminal' });
export const commandLine = (page: Page): Locator => drawer(page).getByRole('textbox', { name: /^Command line/ });

/** Opens the drawer with its key, and makes it as high as the page allows. */
export async function openTerminal(page: Page): Promise<void> {
  await page.keyboard.press('Control+Backquote');
  await expect(commandLine(page)).toBeFocused();
  await page.getByRole('separator', { name: 'Height of the terminal' }).focus();
  await page.keyboard.press('End');
  await commandLine(page).focus();
}

/** The rows of the screen, without the empty ones at its end. */
export async function screen(page: Page): Promise<string> {
  const rows = await drawer(page).locator('.xterm-rows > div').allTextContents();
  return rows
    .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

const PROMPT = /^(?:student@kubehop(?: \([\w-]+\))?:~\$|root@[\w.-]+:\S*#)$/;

/** Types a command on an empty screen and gives what it printed. Several lines are entered one after the other. */
export async function enter(page: Page, command: string): Promise<string> {
  await page.keyboard.press('Control+L');
  await expect.poll(() => screen(page)).toMatch(PROMPT);
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
  let rows: readonly string[] = [];
  await expect
    .poll(async () => {
      rows = (await screen(page)).split('\n');
      return rows.length > 1 && PROMPT.test(rows.at(-1) ?? '');
    })
    .toBe(true);
  return rows.slice(1, -1).join('\n');
}
