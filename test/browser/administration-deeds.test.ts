import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from './axe.ts';
import { ask, type ConsoleUnderTest, consoleUnderTest } from './console-under-test.ts';

let product: ConsoleUnderTest;
let origin: string;
let signedIn: ConsoleUnderTest['signedIn'];
beforeAll(async () => {
  product = await consoleUnderTest({ WEBHOOK_ALLOWED_HOSTS: 'hooks.example.com' });
  ({ origin, signedIn } = product);
});
afterAll(() => product?.stop());

describe('an administrator in the browser', () => {
  let page: Page;
  beforeAll(async () => {
    page = await signedIn('admin', '/campaigns');
  });

  it('changes a setting, is told of a fault at its field and of a colleague who was faster', async () => {
    await page.goto(`${origin}/admin/settings`);
    const colleague = await signedIn('admin', '/admin/settings');
    await colleague.getByLabel('Calls per second').fill('7');
    await colleague.getByRole('button', { name: 'Save' }).click();
    await colleague.getByText('This is what is in use now.').waitFor();

    await page.getByLabel('Caller number').fill('+390299990011');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else has changed the settings meanwhile').waitFor();
    await page.getByText(/Calls per second: \d+ → 7/).waitFor();
    expect(await page.getByLabel('Caller number').inputValue()).toBe('+390299990011');
    await expectAccessible(page, 'conflict');

    await page.getByLabel('Caller number').fill('0299990000');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('input[type=tel][aria-invalid=true]').waitFor();
    await expectAccessible(page, 'fault');
    await page.getByLabel('Caller number').fill('+390299990011');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is what is in use now.').waitFor();
    expect(await page.getByLabel('Calls per second').inputValue()).toBe('7');
    await colleague.context().close();
  });

  it('replaces a secret that nobody can read, and tries the connection', async () => {
    await page.goto(`${origin}/admin/settings?section=email`);
    await page.getByRole('textbox', { name: 'Password' }).fill('canary-of-the-post-9876');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Configured, ends in 9876').waitFor();
    await page.reload();
    await page.getByText('Configured, ends in 9876').waitFor();
    expect(await page.content()).not.toContain('canary-of-the-post');
    await page.getByRole('button', { name: 'Remove: Password' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is what is in use now.').waitFor();
    await page.getByRole('tab', { name: 'Telephony' }).click();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The connection works.').waitFor();
    await expectAccessible(page, 'tested');
  });

  it('writes a letter that follows what is typed, and hears what is wrong with it', async () => {
    await page.goto(`${origin}/admin/templates/new`);
    await page.getByLabel('Name', { exact: false }).first().fill('Second thanks');
    await page.getByRole('checkbox', { name: /^Default of/ }).uncheck();
    await page.getByLabel('Subject').fill('From ');
    await page.getByRole('button', { name: 'organization_name: insert' }).click();
    await page.getByLabel('Letter (HTML)').fill('<p>Hi {{ phone_number }}</p>');
    await page.getByText('The text cannot be read like this').waitFor();
    await page.getByLabel('Letter (HTML)').fill('<p>Dear reader</p>');
    await page.getByText('From Example Research').waitFor();
    await page.frameLocator('iframe[title="The letter"]').getByText('Dear reader').waitFor();
    await page.getByRole('button', { name: 'Create template' }).click();
    await page.getByRole('heading', { name: 'Second thanks', level: 1 }).waitFor();
    await page.getByText('No campaign uses it.').waitFor();
    await expectAccessible(page, 'template');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Sent to admin@example.com').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'E-mail templates', level: 1 }).waitFor();
  });

  it('adds a webhook, sees its secret once, and switches it off', async () => {
    await page.goto(`${origin}/admin/webhooks`);
    await page.getByRole('button', { name: 'Add webhook' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address').fill('https://elsewhere.example.com/in');
    await dialog.getByRole('button', { name: 'Add webhook' }).click();
    await dialog.locator('input[type=url][aria-invalid=true]').waitFor();
    await dialog.getByLabel('Address').fill('https://hooks.example.com/in');
    await dialog.getByRole('button', { name: 'Add webhook' }).click();
    await dialog.getByText(/^whsec_/).waitFor();
    await expectAccessible(page, 'secret shown once');
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('heading', { name: 'hooks.example.com', level: 1 }).waitFor();
    expect(await page.getByText('whsec_').count()).toBe(0);
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('Switched off').waitFor();
    await expectAccessible(page, 'webhook');
  });

  it('changes what an account may do, never their own', async () => {
    const viewer = await signedIn('viewer', '/campaigns');
    await viewer.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
    await page.goto(`${origin}/admin/users`);
    await page.getByText('admin@example.com').waitFor();
    expect(await page.getByRole('button', { name: /access of Ada/ }).count()).toBe(0);
    const change = page.getByRole('button', { name: /^Change: access of Vera/ });
    await change.click();
    await page
      .getByRole('dialog')
      .getByRole('switch', { name: 'Disable the account' })
      .click({ force: true });
    await expectAccessible(page, 'access dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Disabled' }).waitFor();
    await change.click();
    await page
      .getByRole('dialog')
      .getByRole('switch', { name: 'Disable the account' })
      .click({ force: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Disabled' }).waitFor({ state: 'detached' });
    await viewer.context().close();
  });

  it('excludes a number, takes it off with a reason, and finds both in the audit log', async () => {
    await page.goto(`${origin}/exclusions`);
    await page.getByRole('button', { name: 'Exclude a number' }).first().click();
    await page.getByRole('dialog').getByLabel('Number', { exact: true }).fill('+393471239977');
    await page.getByRole('dialog').getByRole('button', { name: 'Exclude a number' }).click();
    const row = page.getByRole('row').filter({ hasText: '+393471239977' });
    await row.waitFor();
    await row.getByRole('button', { name: 'Take off: +393471239977' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Asked for it in writing');
    await expectAccessible(page, 'taking off');
    await page.getByRole('dialog').getByRole('button', { name: 'Take off' }).click();
    await page.getByText('The number is off the list.').waitFor();
    await page.getByText('Nobody is excluded yet').waitFor();
    await page.goto(`${origin}/admin/audit?action=exclusion.`);
    await page.getByText('Exclusion lifted').waitFor();
    expect(await page.getByText('Settings changed').count()).toBe(0);
    await page
      .getByRole('button', { name: /^reason.*open entry|, reason/ })
      .first()
      .click();
    await page.getByRole('dialog').getByText('Asked for it in writing').waitFor();
    await expectAccessible(page, 'audit entry');
  });

  it('finds a person, erases them after their number was typed, and holds the certificate', async () => {
    await addPerson(page, '+447400123477');
    await page.goto(`${origin}/admin/people`);
    await page.getByLabel('Phone number or e-mail address').fill('+44 7400 123477');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('heading', { name: 'In 1 campaign' }).waitFor();
    await page.getByRole('button', { name: 'Show what we hold' }).click();
    await page.getByText(/^Everything held at/).waitFor();
    await expectAccessible(page, 'person');
    await page.getByRole('button', { name: 'Erase everywhere' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Number or address of the person').fill('+447400123478');
    await dialog.getByRole('button', { name: 'Erase everywhere' }).click();
    await dialog.getByText('This is not the person you looked up.').waitFor();
    await expectAccessible(page, 'erasing');
    await dialog.getByLabel('Number or address of the person').fill('+44 7400 123477');
    await dialog.getByRole('button', { name: 'Erase everywhere' }).click();
    await page.getByRole('dialog', { name: 'Certificate of erasure' }).getByText('Complete').waitFor();
    await expectAccessible(page, 'certificate');
  });
});

it('no page complained', () => {
  expect(product.complaints).toEqual([]);
});

async function addPerson(page: Page, number: string): Promise<void> {
  const questions = Object.fromEntries(
    [1, 2, 3].flatMap((n) => [
      [`question_${n}_text`, `Question ${n}?`],
      [`question_${n}_type`, 'free_text'],
    ]),
  );
  const { id } = await ask(page, 'POST', '/api/campaigns', {
    name: 'A survey',
    language: 'en',
    organization_name: 'Library',
    intro_script: 'Hello, this is an automated call. Do you agree to take part?',
    ...questions,
  });
  await page.evaluate(`(() => {
    const form = new FormData();
    form.set('file', new File(['phone_number\\n${number}\\n'], 'c.csv'));
    return fetch('/api/campaigns/${id}/contacts/upload', { method: 'POST', body: form });
  })()`);
}
