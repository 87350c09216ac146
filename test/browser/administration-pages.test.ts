import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './axe.ts';
import { type ConsoleUnderTest, consoleUnderTest } from './console-under-test.ts';

let product: ConsoleUnderTest;
let origin: string;
let signedIn: ConsoleUnderTest['signedIn'];
beforeAll(async () => {
  product = await consoleUnderTest();
  ({ origin, signedIn } = product);
});
afterAll(() => product?.stop());

// Every page of the administration with its heading and something that is there once it has its data.
const PAGES: [at: string, heading: string, loaded: string][] = [
  ['/admin', 'Settings', 'Caller number'],
  ['/admin/settings?section=llm', 'Settings', 'Vendor'],
  ['/admin/settings?section=email', 'Settings', 'Sender'],
  ['/admin/settings?section=topics', 'Settings', 'Allow political surveys'],
  ['/admin/settings?section=history', 'Settings', 'As the installation began'],
  ['/admin/templates', 'E-mail templates', 'Thank you for taking part'],
  ['/admin/templates?tab=sent', 'E-mail templates', 'No letter yet'],
  ['/admin/templates/new', 'New template', 'Put in where the cursor is'],
  ['/admin/webhooks', 'Webhooks', 'No receiver yet'],
  ['/admin/users', 'Accounts', 'admin@example.com'],
  ['/admin/users?tab=sessions', 'Accounts', 'This one'],
  ['/admin/people', 'People’s rights', 'Phone number or e-mail address'],
  ['/admin/people?tab=certificates', 'People’s rights', 'Nobody has been erased yet'],
  ['/admin/retention', 'Retention', 'Deleted so far'],
  ['/admin/jurisdictions', 'Calling law', 'Registro pubblico delle opposizioni'],
  ['/admin/jurisdictions/IT', 'Italy', 'Register of objections'],
  ['/admin/jurisdictions/FR', 'France', 'This country has no profile yet'],
  ['/admin/audit', 'Audit log', 'Signed in'],
  ['/exclusions', 'Exclusion list', 'Nobody is excluded yet'],
];

const FAILURE = JSON.stringify({
  status: 500,
  code: 'server.internal',
  detail: 'It broke here.',
  request_id: 'r-1',
});

describe('an administrator in the browser', () => {
  let page: Page;
  beforeAll(async () => {
    page = await signedIn('admin', '/campaigns');
  });

  it.each(PAGES)('finds %s, accessible in light and dark', async (at, heading, loaded) => {
    await page.goto(`${origin}${at}`);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await page.getByText(loaded).first().waitFor();
    await expectAccessible(page, at);
  });

  // Each page is asked three times before it gives up; all of them take a minute.
  const broken = process.env.TEST_FULL ? PAGES : PAGES.filter((_, index) => index % 6 === 0);
  it.each(broken)('says what is wrong with %s when the server fails, and tries again', async (at) => {
    const failing = await signedIn('admin', '/campaigns');
    await failing.route(/\/api\/(admin|exclusions|auth\/sessions)/, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: FAILURE }),
    );
    await failing.goto(`${origin}${at}`);
    const asks = !at.startsWith('/admin/people') || at.includes('certificates');
    if (asks) {
      await failing.getByRole('alert').getByText('It broke here.').waitFor();
      await expectAccessible(failing, `${at} broken`);
      await failing.unroute(/\/api\/(admin|exclusions|auth\/sessions)/);
      await failing.getByRole('button', { name: 'Try again' }).first().click();
      await failing.getByRole('alert').waitFor({ state: 'detached' });
    }
    await failing.context().close();
  });

  it('finds each of them on a telephone in Italian, with nothing beyond the edge', async () => {
    const phone = await signedIn('admin', '/admin', { locale: 'it-IT', width: 390 });
    for (const [at] of PAGES) {
      await phone.goto(`${origin}${at}`);
      await phone.getByRole('heading', { level: 1 }).first().waitFor();
      await phone.getByRole('status').waitFor({ state: 'detached' });
      expect([at, await phone.evaluate('document.documentElement.scrollWidth - innerWidth')]).toEqual([
        at,
        0,
      ]);
    }
    await phone.getByRole('button', { name: 'Navigazione principale' }).click();
    await phone.getByRole('menuitem', { name: 'Amministrazione' }).click();
    await phone.getByRole('button', { name: /menu di amministrazione/ }).click();
    await phone.getByRole('menuitem', { name: 'Registro di controllo' }).click();
    await phone.getByRole('heading', { name: 'Registro di controllo', level: 1 }).waitFor();
    await phone.context().close();
  });
});

describe.each(['manager', 'viewer'])('a %s', (account) => {
  it('sees nothing of the administration, and nothing of it is asked for', async () => {
    const page = await signedIn(account, '/campaigns');
    await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/admin')) asked.push(request.url());
    });
    for (const [at] of PAGES.filter(([one]) => one.startsWith('/admin'))) {
      await page.goto(`${origin}${at}`);
      await page.getByRole('heading', { name: 'Only for administrators' }).waitFor();
    }
    await expectAccessible(page, `${account} without right`);
    expect(asked).toEqual([]);
    await page.goto(`${origin}/exclusions`);
    const isOpen = account === 'manager';
    await page
      .getByText(isOpen ? 'Exclude a number' : 'Not open to your role')
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /^Take off/ }).count()).toBe(0);
    await page.context().close();
  });
});

it('no page complained', () => {
  expect(product.complaints).toEqual([]);
});
