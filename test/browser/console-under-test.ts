import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { npmStart } from '../support/npm-start.ts';
import { openBrowser } from './open-browser.ts';

type Look = { locale?: 'en-GB' | 'it-IT'; width?: number };

/** The product as `npm start` runs it, with a browser beside it; `complaints` is what any page said was wrong. */
export async function consoleUnderTest(env: Record<string, string> = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vsa-console-'));
  const [running, browser] = await Promise.all([
    npmStart(dataDir, { CARRIER_SPEED: '50', ...env }),
    openBrowser(),
  ]);
  const { console: origin } = await running.services();
  const complaints: string[] = [];

  async function signedIn(account: string, at: string, { locale = 'en-GB', width = 1280 }: Look = {}) {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ viewport, locale, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      // What the server refused on purpose is in the log of every browser; faults of the page are not.
      const isFault = message.type() === 'error' && !/status of [45]\d\d/.test(message.text());
      if (isFault) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    const query = new URLSearchParams({ login_hint: `${account}@example.com`, return_to: at });
    await page.goto(`${origin}/api/auth/login?${query}`);
    return page;
  }

  async function stop(): Promise<void> {
    await browser.close();
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { origin, complaints, signedIn, stop };
}
export type ConsoleUnderTest = Awaited<ReturnType<typeof consoleUnderTest>>;

/** Asks the API as who is signed in on the page. */
export function ask(page: Page, method: string, url: string, body: unknown): Promise<{ id: string }> {
  const headers = { 'content-type': 'application/json' };
  const request = JSON.stringify({ method, headers, body: JSON.stringify(body) });
  return page.evaluate(`fetch(${JSON.stringify(url)}, ${request}).then((answer) => answer.json())`);
}
