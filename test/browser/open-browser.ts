import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

/** A headless Chromium from the npm registry; nothing is downloaded and it talks to no host but ours. */
export async function openBrowser() {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((argument) => !argument.startsWith('--headless')),
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
    headless: true,
  });
}
