import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

// In a single process two browser contexts share their cookies, and one person is taken for the other.
const UNWANTED = /^--(headless|single-process|in-process-gpu)/;

/** A headless Chromium from the npm registry; nothing is downloaded and it talks to no host but ours. */
export async function openBrowser() {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((argument) => !UNWANTED.test(argument)),
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
    headless: true,
  });
}
