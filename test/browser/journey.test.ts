import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npmStart, type Running } from '../support/npm-start.ts';
import { openBrowser } from './open-browser.ts';

let dataDir: string;
let running: Running;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let origin: string;
const complaints: string[] = [];
const strangers = new Set<string>();

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-browser-'));
  [running, browser] = await Promise.all([npmStart(dataDir, { CARRIER_SPEED: '50' }), openBrowser()]);
  origin = (await running.services()).console;
  context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const { issuer } = await running.services();
  page.on('request', (request) => {
    const { origin: asked, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin && asked !== issuer) strangers.add(asked);
  });
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** WCAG 2.2 AA and the usual good practice, in light and dark. */
async function expectAccessible(what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.evaluate(
      `document.documentElement.setAttribute('data-mantine-color-scheme', '${colorScheme}')`,
    );
    // Colours fade over; what is looked at is where they end.
    await page.addStyleTag({ content: '* { transition: none !important; animation: none !important; }' });
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    const found = violations.map(
      ({ id, nodes }) =>
        `${what} ${colorScheme} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
    expect(found).toEqual([]);
  }
}

// The browser's own lines about answers that were meant: nobody signed in yet, and a file that cannot be read.
const EXPECTED = /status of (401|422)/;

const CSV = [
  'external_contact_id,phone_number,email,language',
  'A-1,+447400123401,ann@example.net,en',
  'A-2,+447400123402,bob@example.net,en',
  'A-3,3.93E+11,,en',
].join('\n');

describe('a manager in the browser', () => {
  it('signs in', async () => {
    await page.goto(origin);
    await expectAccessible('signed out');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page
      .getByRole('button', { name: /manager@example\.com/ })
      .or(page.getByRole('link', { name: /manager@example\.com/ }))
      .first()
      .click();
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
    await expectAccessible('empty list');
  });

  it('creates a campaign', async () => {
    await page.getByRole('link', { name: 'New campaign' }).first().click();
    await page.getByLabel('Name', { exact: false }).first().fill('Library survey');
    await page.getByLabel('Organisation').first().fill('Northfield Library');
    await page.getByRole('button', { name: 'Insert a complete text' }).click();
    const texts = page.getByLabel('Text', { exact: false });
    await texts.nth(0).fill('From 1 to 5, how satisfied are you with the library?');
    await texts.nth(1).fill('How many times did you visit us last month?');
    await texts.nth(2).fill('What should we improve?');
    await page.locator('input[type=time]').first().fill('00:00');
    await page.locator('input[type=time]').last().fill('23:59');
    for (const day of ['Sat', 'Sun']) await page.getByText(day, { exact: true }).click();
    await page.getByRole('switch', { name: 'Call on public holidays' }).click({ force: true });
    await expectAccessible('form');
    await page.getByRole('button', { name: 'Create campaign' }).click();
    await page.getByRole('heading', { name: 'Library survey', level: 1 }).waitFor();
    await expectAccessible('campaign');
  });

  it('uploads a list and sees the row that must be mended', async () => {
    await page.getByRole('tab', { name: 'Contacts' }).click();
    const file = path.join(dataDir, 'contacts.csv');
    await writeFile(file, CSV);
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText(/rounded this number/).waitFor();
    await page.getByRole('link', { name: '+447400123401' }).waitFor();
    await expectAccessible('contacts');
  });

  it('mends the row in its cell and sends it again', async () => {
    const cell = page.getByRole('textbox', { name: 'phone_number, line 4' });
    expect(await cell.inputValue()).toBe('3.93E+11');
    expect(await page.getByRole('button', { name: 'Send the mended rows' }).isDisabled()).toBe(true);
    await cell.fill('+447400123405');
    await page.getByRole('button', { name: 'Send the mended rows' }).click();
    await page.getByText('mended rows.csv is in').waitFor();
    await page.getByRole('link', { name: '+447400123405' }).waitFor();
  });

  it('pastes numbers, and says which column they are in', async () => {
    await page.getByLabel('Or paste rows').fill('Who,Mobil\nAnn,+447400123412');
    await page.getByRole('button', { name: 'Add these rows' }).click();
    await page.getByText('Which column is it?').waitFor();
    await expectAccessible('mapping');
    await page.getByRole('combobox', { name: 'Column with phone_number' }).click();
    await page.getByRole('option', { name: 'Mobil' }).click();
    await page.getByRole('button', { name: 'Read the file again' }).click();
    await page.getByText('pasted rows.csv is in').waitFor();
    await page.getByRole('link', { name: '+447400123412' }).waitFor();
  });

  it('starts it, watches people being called, and reads a call', async () => {
    await page.getByRole('button', { name: 'Start calling' }).click();
    await page.getByRole('button', { name: 'Call 4 people' }).waitFor();
    await expectAccessible('launch dialog');
    await page.getByRole('button', { name: 'Call 4 people' }).click();
    await page.getByRole('cell', { name: 'Refused' }).first().waitFor();
    await page.getByRole('cell', { name: 'Completed' }).first().waitFor();
    await page.getByRole('link', { name: '+447400123401' }).click();
    await page.getByRole('link', { name: 'Attempt 1' }).waitFor();
    await expectAccessible('contact');
    await page.getByRole('link', { name: 'Attempt 1' }).click();
    await page.getByRole('heading', { name: 'Call, attempt 1' }).waitFor();
    await page.getByText('Granted', { exact: true }).waitFor();
    await page
      .getByText(/artificial intelligence/)
      .first()
      .waitFor();
    await expectAccessible('call');
  });

  it('downloads the results, and sees the download on record', async () => {
    await page.getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('tab', { name: 'Exports' }).click();
    const download = page.waitForEvent('download');
    await page
      .getByRole('link', { name: /^Download \d/ })
      .first()
      .click();
    expect((await download).suggestedFilename()).toMatch(/^library.survey.*\.csv$/i);
    await page.getByRole('cell', { name: 'CSV' }).first().waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByText('AAPOR rates').first().waitFor();
    await expectAccessible('overview');
  });

  it('sorts by a header that says so, and keeps the order in the address', async () => {
    await page.getByRole('tab', { name: 'Contacts' }).click();
    const header = page.getByRole('columnheader', { name: 'Last call' });
    await header.getByRole('button').click();
    await page.waitForURL(/sort=-last_attempt_at/);
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    await page.reload();
    await header.waitFor();
    expect(await header.getAttribute('aria-sort')).toBe('descending');
  });

  it('shows a viewer the figures, no way to change anything, and nobody in full', async () => {
    const viewing = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    const view = await viewing.newPage();
    await view.goto(`${origin}/api/auth/login?login_hint=viewer@example.com&return_to=/campaigns`);
    await view.getByRole('link', { name: 'Library survey' }).click();
    await view.getByText('AAPOR rates').first().waitFor();
    expect(await view.getByRole('tab').allInnerTexts()).toEqual([
      'Overview',
      'Contacts',
      'Script',
      'Rehearsal',
    ]);
    for (const name of ['Edit', 'More actions', 'Start calling']) {
      expect(await view.getByRole('button', { name }).or(view.getByRole('link', { name })).count()).toBe(0);
    }
    await view.getByRole('tab', { name: 'Contacts' }).click();
    await view.getByRole('cell', { name: 'Completed' }).first().waitFor();
    expect(await view.locator('input[type=file]').count()).toBe(0);
    expect(await view.getByText('+447400123401').count()).toBe(0);
    await viewing.close();
  });

  it('reads the same in Italian and on a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate("localStorage.setItem('language', 'it')");
    await page.goto(`${origin}/campaigns`);
    await page.getByRole('heading', { name: 'Campagne', level: 1 }).waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible('telephone');
  });

  it('complained about nothing and asked nobody else', () => {
    expect(complaints.filter((text) => !EXPECTED.test(text))).toEqual([]);
    expect([...strangers]).toEqual([]);
  });
});
