import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTERED } from '../campaigns/a-campaign.ts';
import { npmStart, type Running } from '../support/npm-start.ts';
import { openBrowser } from './open-browser.ts';

const ITALIAN = {
  intro_script: 'Buongiorno, sono un assistente virtuale. Accetta di partecipare?',
  question_1_text: 'Da 1 a 5, quanto è soddisfatto?',
  question_2_text: 'Quante volte viene in un mese?',
  question_3_text: 'Che cosa va migliorato?',
};

let dataDir: string;
let running: Running;
let browser: Browser;
let origin: string;
let campaign: string;
const errors: string[] = [];
const elsewhere: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-rehearsal-'));
  [running, browser] = await Promise.all([npmStart(dataDir, { CARRIER_SPEED: '50' }), openBrowser()]);
  origin = (await running.services()).console;
  const page = await signedIn('manager', { locale: 'en-GB' });
  const body = { ...ENTERED, translations: { it: ITALIAN } };
  campaign = await page.evaluate(async (entered) => {
    const headers = { 'content-type': 'application/json' };
    const made = await fetch('/api/campaigns', { method: 'POST', headers, body: JSON.stringify(entered) });
    return `/campaigns/${((await made.json()) as { id: string }).id}`;
  }, body);
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Look = { locale: 'en-GB' | 'it-IT'; width?: number; colorScheme?: 'light' | 'dark'; browserAs?: string };
async function signedIn(account: 'manager' | 'viewer', look: Look): Promise<Page> {
  const { locale, width = 1280, colorScheme = 'light', browserAs } = look;
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, locale, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  if (browserAs) await page.addInitScript({ content: browserAs });
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (!['localhost', '127.0.0.1', ''].includes(hostname)) elsewhere.push(request.url());
  });
  await page.goto(`${origin}/api/auth/login?login_hint=${account}@example.com&return_to=/campaigns`);
  await page.waitForURL('**/campaigns');
  return page;
}

const DEAF_AND_MUTE = `for (const name of ['SpeechRecognition', 'webkitSpeechRecognition', 'speechSynthesis'])
  Object.defineProperty(window, name, { value: undefined });`;

/** A browser with an ear that hears these words once and then no more, and with a voice. */
const hearing = (words: string) => `window.heard = 0; window.spoken = [];
  window.SpeechRecognition = class {
    start() {
      if (window.heard++ > 0) return void (this.onerror({ error: 'network' }), this.onend());
      this.onresult({ results: [[{ transcript: ${JSON.stringify(words)} }]] }); this.onend();
    }
    abort() {}
  };
  const voice = { lang: 'en-GB', localService: true };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [voice], addEventListener() {}, removeEventListener() {}, cancel() {},
    speak: ({ text }) => window.spoken.push(text) } });`;

async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

async function say(page: Page, name: string, words: string): Promise<void> {
  const field = page.getByLabel(name);
  await field.fill(words);
  await field.press('Enter');
  await page.getByRole('log').getByText(words, { exact: true }).waitFor();
  // With the last answer the field goes as well.
  await expect.poll(async () => (await field.count()) === 0 || (await field.inputValue()) === '').toBe(true);
}

describe('the rehearsal', () => {
  it('leads from the checklist to a call that rings nobody, in Italian and by keyboard', async () => {
    const page = await signedIn('manager', { locale: 'it-IT' });
    await page.goto(`${origin}${campaign}`);
    const advice = page.getByRole('listitem').filter({ hasText: 'ha provato proprio questo testo' });
    await expect.poll(() => advice.filter({ hasText: /^Attenzione|^Avviso/ }).count()).toBe(2);
    await page.getByRole('link', { name: 'Provalo' }).first().click();
    await page.getByText('Italiano', { exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Inizia la prova' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText(ITALIAN.intro_script).waitFor();
    await say(page, 'Che cosa dice', 'Ma lei è un robot?');
    await say(page, 'Che cosa dice', 'Va bene, sì.');
    await page.getByText('Dato', { exact: true }).waitFor();
    await page.reload(); // nothing of it lives in the page
    await say(page, 'Che cosa dice', 'quattro');
    await page.getByRole('button', { name: 'Tasti' }).click();
    await page.getByRole('button', { name: '2', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Premi 2' }).click();
    await page.getByRole('log').getByText('Che cosa va migliorato?').waitFor();
    await say(page, 'Che cosa dice', 'Orari più lunghi');
    await page.getByRole('button', { name: 'Prova di nuovo' }).waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Prova di nuovo');
    await page.getByText('Le tre risposte verrebbero conservate.').waitFor();
    await page.getByText('AAPOR 1.1').waitFor();
    await expectAccessible(page);
    await page.goto(`${origin}${campaign}`);
    await expect.poll(() => advice.filter({ hasText: /^Fatto.*\(it\)/ }).count()).toBe(1);
  });

  it('says what an opt-out would have done', async () => {
    const page = await signedIn('manager', {
      locale: 'en-GB',
      colorScheme: 'dark',
      browserAs: DEAF_AND_MUTE,
    });
    await page.goto(`${origin}${campaign}?tab=rehearsal`);
    await page.getByRole('button', { name: 'Start the rehearsal' }).click();
    await page.getByRole('button', { name: 'Silence' }).click();
    await page.getByRole('log').getByText('Silence').waitFor();
    // What this browser cannot do is not offered.
    expect(await page.getByRole('button', { name: 'Speak' }).count()).toBe(0);
    expect(await page.getByRole('switch').count()).toBe(0);
    await page.getByLabel('What you say').fill('Take me off your list.');
    await page.getByRole('button', { name: 'Say it' }).click();
    await page.getByText(/would be on the exclusion list/).waitFor();
    await expectAccessible(page);
  });
});

describe('when the server cannot be reached', () => {
  it('says so, and gives back what was typed', async () => {
    const page = await signedIn('manager', { locale: 'it-IT' });
    await page.goto(`${origin}${campaign}?tab=rehearsal`);
    await page.getByRole('button', { name: 'Inizia la prova' }).click();
    await page.route('**/api/rehearsals/*/turns', (route) => route.abort());
    const field = page.getByLabel('Che cosa dice');
    await field.fill('Sì, va bene.');
    await field.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await field.inputValue()).toBe('Sì, va bene.');
    await expectAccessible(page);
    await page.unroute('**/api/rehearsals/*/turns');
    await field.press('Enter');
    await page.getByRole('log').getByText('Sì, va bene.').waitFor();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    // The browser's own word on what this test cut off.
    errors.splice(0, errors.length, ...errors.filter((text) => !text.includes('ERR_FAILED')));
  });
});

describe('by voice', () => {
  it('speaks and hears where the browser can, and says so once it cannot', async () => {
    const page = await signedIn('manager', { locale: 'en-GB', browserAs: hearing('Yes, gladly.') });
    await page.goto(`${origin}${campaign}?tab=rehearsal`);
    await page.getByRole('button', { name: 'Start the rehearsal' }).click();
    await page.getByRole('switch', { name: 'Read the agent aloud' }).click({ force: true });
    await expect.poll(() => page.evaluate('window.spoken.join()')).toContain(ENTERED.intro_script);
    await page.getByRole('button', { name: 'Speak' }).click();
    await page.getByRole('log').getByText('Yes, gladly.').waitFor();
    await page.getByText('Granted', { exact: true }).waitFor();
    await expect.poll(() => page.evaluate('window.spoken.at(-1)')).toBe(ENTERED.question_1_text);
    await page.getByRole('button', { name: 'Speak' }).click();
    await page.getByText('Your browser cannot hear you here. Please type.').waitFor();
    expect(await page.getByRole('button', { name: 'Speak' }).count()).toBe(0);
    await say(page, 'What you say', 'five');
  });
});

describe('the trial run', () => {
  it('plays everybody at one click and shows expected against actual, with what was said', async () => {
    const page = await signedIn('manager', { locale: 'en-GB' });
    await page.goto(`${origin}${campaign}?tab=rehearsal`);
    await page.getByRole('button', { name: 'Play all respondents' }).click();
    await page.getByText('All 22 as expected').waitFor();
    const rows = page.getByRole('table', { name: 'Expected against actual' }).getByRole('row');
    expect(await rows.count()).toBe(23);
    await page.getByRole('button', { name: /Read: Tries to command/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('I will not go on without your consent.', { exact: false }).waitFor();
    await expectAccessible(page);
  });

  it('is there for viewers to read, and only to read, on a phone in the dark', async () => {
    const page = await signedIn('viewer', { locale: 'it-IT', width: 390, colorScheme: 'dark' });
    await page.goto(`${origin}${campaign}?tab=rehearsal`);
    await page.getByText('Tutti e 22 come previsto').waitFor();
    await page.getByRole('table', { name: 'Prove fatte finora' }).waitFor();
    for (const name of ['Inizia la prova', 'Avvia il giro di prova']) {
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    }
    expect(await page.getByRole('link', { name: /Apri la prova/ }).count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await expectAccessible(page);
  });

  it('asks no other host and breaks nothing', () => {
    expect(elsewhere).toEqual([]);
    expect(errors).toEqual([]);
  });
});
