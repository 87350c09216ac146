import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npmStart, type Running } from '../support/npm-start.ts';
import { openBrowser } from './open-browser.ts';

let dataDir: string;
let running: Running;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-editor-'));
  [running, browser] = await Promise.all([npmStart(dataDir, { CARRIER_SPEED: '50' }), openBrowser()]);
  origin = (await running.services()).console;
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function signedIn(
  account: 'manager' | 'admin',
  locale: 'en-GB' | 'it-IT',
  at = '/campaigns',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${origin}/api/auth/login?login_hint=${account}@example.com&return_to=${at}`);
  return page;
}

async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

describe('writing a campaign from a ready script, in Italian', () => {
  let page: Page;
  let campaign: string;
  beforeAll(async () => {
    page = await signedIn('manager', 'it-IT', '/campaigns/new');
  });

  it('needs a few words, and shows what the introduction lacks while it is written', async () => {
    await page.getByRole('textbox', { name: 'Nome' }).fill('Assistenza di novembre');
    await page.getByLabel('Organizzazione').fill('Acquedotto Lario');
    await page.getByRole('combobox', { name: 'Argomento' }).click();
    await page.getByRole('option', { name: 'Salute' }).click();
    await page.getByRole('button', { name: /Verifica del servizio/ }).click();
    const checks = page.getByRole('list', { name: /Che cosa deve contenere/ }).getByRole('listitem');
    await expect.poll(() => checks.filter({ hasText: /^Manca/ }).count()).toBe(7);
    await page.getByLabel('Dove avere informazioni').fill('privacy@lario.example');
    await page.getByRole('button', { name: 'Inserisci un testo completo' }).click();
    await expect.poll(() => checks.filter({ hasText: /^Fatto/ }).count()).toBe(7);
    const intro = page.getByLabel('Introduzione e domanda di consenso');
    const text = await intro.inputValue();
    expect(text).toContain('per conto di Acquedotto Lario');
    expect(text).toContain('privacy@lario.example');
    await intro.fill(text.replace('Accetta di partecipare?', 'Le dispiace partecipare?'));
    await checks.filter({ hasText: /^Manca.*Le dispiace/ }).waitFor();
    await intro.fill(text);
    await page.getByText(/Circa \d+ s di parlato/).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Crea campagna' }).click();
    await page.getByRole('heading', { name: 'Assistenza di novembre', level: 1 }).waitFor();
    campaign = new URL(page.url()).pathname;
  });

  it('leads from what is missing to the field that mends it', async () => {
    await page.goto(`${origin}${campaign}`);
    await page.getByRole('listitem').filter({ hasText: 'Un tema sensibile' }).getByRole('link').click();
    await page.waitForURL(/\/edit#topic$/);
    const topic = page.getByRole('combobox', { name: 'Argomento' });
    await topic.and(page.locator(':focus')).waitFor();
  });

  it('an administrator approves the sensitive topic, with a reason that the page shows', async () => {
    await page.goto(`${origin}${campaign}`);
    await page.getByText(/Un tema sensibile è approvato/).waitFor();
    expect(await page.getByRole('button', { name: 'Approva' }).count()).toBe(0);

    const admin = await signedIn('admin', 'en-GB', campaign);
    await admin.getByRole('button', { name: 'Approve' }).click();
    await admin.getByRole('dialog').getByLabel('Reason').fill('Agreed with the data protection officer');
    await expectAccessible(admin);
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await admin.getByRole('dialog').waitFor({ state: 'detached' });
    await admin.getByRole('tab', { name: 'Script' }).click();
    await admin.getByText(/Agreed with the data protection officer/).waitFor();
    await admin.context().close();
  });

  it('once it runs, each locked field says why, and a copy is one click away', async () => {
    await page.goto(`${origin}${campaign}?tab=contacts`);
    const buffer = Buffer.from('phone_number\n+393471234501\n');
    await page.locator('input[type=file]').setInputFiles({ name: 'c.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('link', { name: '+393471234501' }).waitFor();
    await page.getByRole('button', { name: 'Avvia le chiamate' }).click();
    await page.getByRole('radio', { name: 'Più tardi' }).check();
    const confirm = page.getByRole('dialog').getByRole('button').last();
    await confirm.click();
    await page.getByText('Scelga un momento futuro.').waitFor();
    await page.locator('input[type=datetime-local]').fill('2035-01-01T09:00');
    await confirm.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText(/Parte da sola il 1 gen 2035/).waitFor();
    await page.goto(`${origin}${campaign}/edit`);
    const intro = page.getByLabel('Introduzione e domanda di consenso');
    expect(await intro.isEditable()).toBe(false);
    expect(await page.getByText(/è stata programmata così/).count()).toBeGreaterThanOrEqual(4);
    expect(await page.getByLabel('Testo').first().isEditable()).toBe(false);
    expect(await page.getByRole('textbox', { name: 'Nome' }).isEditable()).toBe(true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Duplica' }).click();
    await page.getByRole('heading', { name: /Assistenza di novembre \(copia\)/ }).waitFor();
    await expect.poll(() => intro.isEditable()).toBe(true);
  });
});
