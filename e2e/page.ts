// The page as a user sees it: where things are, in the words that stand on the screen.

import { expect, type Locator, type Page } from '@playwright/test';

export const timetable = (page: Page): Locator => page.getByRole('region', { name: 'Timetable' });
export const stop = (page: Page): Locator => timetable(page).locator('[aria-current="step"]');
export const inspector = (page: Page): Locator => page.getByRole('region', { name: 'This stop' });
export const problems = (page: Page): Locator => page.getByRole('list', { name: 'Problems in the text' });
export const position = (page: Page): Locator => page.getByRole('slider', { name: 'Position in the journey' });

/** Opens the page and waits for the finished journey, and for the editor. */
export async function visit(page: Page): Promise<void> {
  await page.goto('/');
  await expect(stop(page)).toBeVisible();
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
}

export async function openSample(page: Page, title: string): Promise<void> {
  await page.locator('.scenario').click();
  await page
    .getByRole('dialog', { name: 'Samples' })
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .click();
  await expect(page.locator('.scenario')).toHaveText(title);
  await expect(stop(page)).toBeVisible();
}

/** Pastes over the whole text of the editor. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await paste(page, text);
}

/** Pastes where the cursor is. Typed line breaks would be indented by the editor. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+V');
}

/** The text of the editor, as it is kept for the next visit. */
export async function written(page: Page): Promise<string> {
  const kept = await page.evaluate(() => localStorage.getItem('kubehop.scenario'));
  const scenario: unknown = JSON.parse(kept ?? '{}');
  return typeof scenario === 'object' && scenario !== null && 'text' in scenario ? String(scenario.text) : '';
}
