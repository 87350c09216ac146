import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { reconcileCalls } from '../../../app/calling/reconcile-calls.ts';
import { runSchedulerOnce } from '../../../app/calling/scheduler/run-scheduler.ts';
import { type CallingStack, callingStack, TOKEN } from '../../faults/calling-stack.ts';
import { waitFor } from '../../support/wait-for.ts';

type Outcome = { disposition: string | null; state: string; reason: string | null; rings: number };

/** The same vendor with the whole product behind it: what a contact comes to when the vendor is at its worst. */
export function settlingConformance(): void {
  let stack: CallingStack;
  let serial = 0;
  beforeAll(async () => {
    stack = await callingStack({ speed: 100, lines: 10 });
  });
  afterEach(() => stack.faults({}));
  afterAll(() => stack.stop());

  const ahead = (seconds: number) => ({
    ...stack.api.ctx,
    now: () => new Date(Date.now() + seconds * 1_000),
  });
  const attemptsOf = (campaign_id: string) =>
    stack.api.db.selectFrom('call_attempt').selectAll().where('campaign_id', '=', campaign_id).execute();

  /** Dials one contact under these faults and looks after the call as time would; answers what it came to. */
  async function outcomeOf(
    ending: string,
    faults: Record<string, number>,
    afterwards?: (campaign: string) => Promise<void>,
  ) {
    serial += 1;
    const number = `+3933377${String(serial).padStart(3, '0')}${ending}`;
    const campaign = await stack.campaign([number]);
    await stack.faults(faults);
    await runSchedulerOnce(stack.api.ctx);
    const [ended] = await waitFor('the end', async () => {
      // What the provider will say by itself is not asked for: asked, it does not say why a call failed.
      if (Object.keys(faults).length > 0) await reconcileCalls(ahead(131));
      const attempts = await attemptsOf(campaign);
      return attempts.length > 0 && attempts.every(({ ended_at }) => ended_at !== null) ? attempts : null;
    });
    await afterwards?.(campaign);
    const [contact] = await stack.api.db
      .selectFrom('contact')
      .selectAll()
      .where('campaign_id', '=', campaign)
      .execute();
    const rings = (await stack.rings()).filter(({ to }) => to === number).length;
    await stack.api.call('manager', 'POST', `/api/campaigns/${campaign}/cancel`, {});
    const { disposition } = ended!;
    return {
      disposition,
      state: contact!.state,
      reason: contact!.not_reached_reason,
      rings,
    } satisfies Outcome;
  }
  const BUSY = { disposition: 'busy', state: 'pending', reason: null, rings: 1 };
  const SILENT = { webhook_lost: 1 };

  it.each<[string, Record<string, number>]>([
    ['told as it should be', {}],
    ['every fact told twice', { webhook_duplicated: 1 }],
    ['facts in disorder', { webhook_reordered: 1 }],
    ['facts late', { webhook_delayed_ms: 300 }],
    ['no fact told at all', SILENT],
    ['every fact with a wrong signature', { webhook_wrong_signature: 1 }],
    ['the answer to the request lost', { accept_then_timeout: 1 }],
    ['the answer lost, and every fact', { accept_then_timeout: 1, ...SILENT }],
    ['slow answers', { latency_ms: 400 }],
  ])('a busy number, %s: busy, once, and again later', async (_how, faults) => {
    expect(await outcomeOf('08', faults)).toEqual(BUSY);
  });

  it('a request that was lost on its way is not sent again; the attempt ends as unknown', async () => {
    const lost = { disposition: 'dial_unknown', state: 'pending', reason: null, rings: 0 };
    expect(await outcomeOf('08', { create_500: 1 })).toEqual(lost);
    expect(await outcomeOf('08', { create_reset: 1 })).toEqual(lost);
  });

  it('a number that does not exist is never called again', async () => {
    expect(await outcomeOf('11', {})).toMatchObject({ state: 'not_reached', reason: 'invalid_number' });
  });

  it('nothing but identity is said to a machine, and it is tried again', async () => {
    expect(await outcomeOf('09', {})).toMatchObject({ disposition: 'answering_machine', state: 'pending' });
  });

  async function tell(campaign: string, params: Record<string, string>, token = TOKEN): Promise<number> {
    const [attempt] = await attemptsOf(campaign);
    const path = `/webhooks/telephony/events?call_id=${attempt!.call_id}`;
    const form = { CallSid: attempt!.provider_call_id!, ...params };
    const { origin } = stack.api;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(token, `${origin}${path}`, form),
    };
    return (await fetch(`${origin}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) }))
      .status;
  }

  it('a fact after the end is stored and moves nothing', async () => {
    const late = async (campaign: string) => {
      expect(await tell(campaign, { CallStatus: 'no-answer', SequenceNumber: '9' })).toBe(204);
      const [attempt] = await attemptsOf(campaign);
      const events = await stack.api.db
        .selectFrom('call_event')
        .select('type')
        .where('call_id', '=', attempt!.call_id)
        .execute();
      expect(events.map(({ type }) => type)).toContain('no_answer');
    };
    expect(await outcomeOf('08', {}, late)).toEqual(BUSY);
  });

  it('a fact that somebody else signed is refused and changes nothing', async () => {
    const forged = async (campaign: string) => {
      expect(await tell(campaign, { CallStatus: 'completed' }, 'another token')).toBe(403);
    };
    expect(await outcomeOf('08', {}, forged)).toEqual(BUSY);
  });

  it('an account that is refused stops all dialling, and costs nobody an attempt', async () => {
    serial += 1;
    const campaign = await stack.campaign([`+3933377${String(serial).padStart(3, '0')}08`]);
    const secret = (auth_token: string) =>
      stack.api.call('admin', 'PUT', '/api/admin/config', { telephony: { credentials: { auth_token } } });
    const isTaken = async () =>
      (await stack.api.ctx.provider()).health().then(
        () => true,
        () => false,
      );
    await secret('a token that was revoked');
    await waitFor('the new token being in use', async () => !(await isTaken()));
    await waitFor('the breaker', async () => {
      await runSchedulerOnce(stack.api.ctx);
      return stack.api.db.selectFrom('provider_breaker').selectAll().executeTakeFirst();
    });
    expect(await attemptsOf(campaign)).toEqual([]);
    await secret(TOKEN);
    await waitFor('the old token being in use', isTaken);
    await runSchedulerOnce(stack.api.ctx);
    expect(await attemptsOf(campaign)).toEqual([]);
    await stack.api.db.deleteFrom('provider_breaker').execute();
  });
}
