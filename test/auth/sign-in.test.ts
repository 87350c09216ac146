import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSession } from '../../app/auth/find-session.ts';
import { finishSignIn } from '../../app/auth/finish-sign-in.ts';
import { BROWSER, REFUSED, type SignInHarness, signInHarness } from './sign-in-harness.ts';

let harness: SignInHarness;
beforeAll(async () => {
  harness = await signInHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.forgetAll());

describe('a sign-in', () => {
  it('makes the account at the first time, keeps it to e-mail and name later, and is audited', async () => {
    const { token, return_to } = await harness.signIn();
    expect(return_to).toBe('/x');
    const account = await findSession(harness.db, { token, now: new Date(), idle_minutes: 30 });
    expect(account).toMatchObject({ email: 'anna@example.com', role: 'campaign_manager' });
    await harness.signIn({ email: 'anna.b@example.com', name: 'Anna B', groups: ['bosses'] });
    expect(await harness.users()).toMatchObject([
      { email: 'anna.b@example.com', name: 'Anna B', role: 'admin' },
    ]);
    expect(await harness.actions()).toEqual([
      'user.created',
      'auth.signed_in',
      'user.role_changed',
      'auth.signed_in',
    ]);
  });

  it('stores no token that would open anything', async () => {
    const { token } = await harness.signIn();
    const rows = await harness.db.selectFrom('session').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.token_hash.toString('base64url')).not.toBe(token);
    expect(rows[0]?.id_token).toMatch(/^v2\./);
  });

  it('without a group that counts gives no role, and takes one away', async () => {
    await harness.signIn({ groups: 'bosses' });
    await harness.signIn({ groups: ['strangers'] });
    expect(await harness.users()).toMatchObject([{ role: null }]);
  });

  it('leaves the role alone that an administrator set', async () => {
    await harness.signIn();
    await harness.db.updateTable('user').set({ role: 'viewer', role_source: 'override' }).execute();
    await harness.signIn({ groups: ['bosses'] });
    expect(await harness.users()).toMatchObject([{ role: 'viewer' }]);
  });

  it('refuses an address that another subject holds, whatever its capitals, and records it', async () => {
    await harness.signIn();
    await expect(harness.signIn({ sub: 'mallory', email: 'ANNA@example.com' })).rejects.toMatchObject({
      code: 'auth.email_taken',
    });
    expect(await harness.users()).toHaveLength(1);
    expect(await harness.actions()).toContain('auth.email_taken');
  });

  it('refuses a disabled account', async () => {
    await harness.signIn();
    await harness.db.updateTable('user').set({ disabled_at: new Date() }).execute();
    await expect(harness.signIn()).rejects.toMatchObject({ code: 'auth.disabled' });
    expect(await harness.actions()).toContain('auth.sign_in_failed');
  });

  it('knows new keys of the issuer at once, and forgets withdrawn ones', async () => {
    await harness.signIn();
    await harness.issuer.rotateTo('second');
    const started = await harness.start();
    harness.answerWith(started.answer, await harness.issuer.sign(started.claims, 'second'));
    expect((await harness.finish(started)).token).toMatch(/^[\w-]{43}$/);
    await expect(harness.signIn()).rejects.toMatchObject(REFUSED);
    await harness.issuer.rotateTo('first');
    await harness.signIn();
  });

  it('ends the session that this browser had, and has a new id', async () => {
    const first = await harness.signIn();
    const started = await harness.start();
    harness.answerWith(started.answer, await harness.issuer.sign(started.claims));
    const input = {
      ...BROWSER,
      query: harness.callback(started),
      browser_state: started.state,
      now: new Date(),
    };
    const second = await finishSignIn(harness.ctx, { ...input, previous_token: first.token });
    expect(second.token).not.toBe(first.token);
    const asks = [first, second].map(({ token }) =>
      findSession(harness.db, { token, now: new Date(), idle_minutes: 30 }),
    );
    expect(await Promise.all(asks)).toEqual([null, expect.objectContaining({ name: 'Anna' })]);
  });

  it('asks for what a thin ID token leaves out, of the same subject only', async () => {
    harness.issuer.answerUserInfo({ sub: 'anna', email: 'anna@example.com', groups: ['bosses'] });
    await harness.signIn({ email: undefined, groups: undefined });
    expect(await harness.users()).toMatchObject([{ email: 'anna@example.com', role: 'admin' }]);
    harness.issuer.answerUserInfo({ sub: 'mallory', email: 'mallory@example.com', groups: ['bosses'] });
    await expect(harness.signIn({ email: undefined })).rejects.toMatchObject(REFUSED);
    harness.issuer.answerUserInfo({});
  });
});
