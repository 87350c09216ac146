import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcileCalls } from '../../app/calling/reconcile-calls.ts';
import { runSchedulerOnce } from '../../app/calling/scheduler/run-scheduler.ts';
import { killAll } from '../support/process-tree.ts';
import { waitFor } from '../support/wait-for.ts';
import { type CallingStack, callingStack } from './calling-stack.ts';
import { type Moment, tapCarrier, tapSql } from './wire-taps.ts';

let stack: CallingStack;
beforeAll(async () => {
  stack = await callingStack({ speed: 20, lines: 10 });
  // The answer to the request comes before the first word about the call, so that there is something to record.
  await stack.faults({ webhook_delayed_ms: 500 });
});
afterAll(() => stack.stop());

type Sql = { statement: RegExp; isCommit: boolean };
const CLAIM: Sql = { statement: /claim_contacts\(/, isCommit: false };
const DIAL_COMMIT: Sql = { statement: /update "call_attempt" set[^;]*"dial_commit_at"/, isCommit: true };
const RECORD: Sql = { statement: /update "call_attempt" set "provider_call_id"/, isCommit: true };

/** Every step between two of which the process can die, and how often the carrier has been asked to call by then. */
const STEPS: [string, { sql?: Sql; post?: true; moment: Moment; asked: number }][] = [
  ['before the claim', { sql: CLAIM, moment: 'before', asked: 0 }],
  ['when the claim is made and its answer is lost', { sql: CLAIM, moment: 'after', asked: 0 }],
  ['before the commit to dial', { sql: DIAL_COMMIT, moment: 'before', asked: 0 }],
  ['when the commit to dial is made and its answer is lost', { sql: DIAL_COMMIT, moment: 'after', asked: 0 }],
  ['before the request', { post: true, moment: 'before', asked: 0 }],
  ['when the carrier has the call and its answer is lost', { post: true, moment: 'after', asked: 1 }],
  ['before the answer is recorded', { sql: RECORD, moment: 'before', asked: 1 }],
  ['when the answer is recorded', { sql: RECORD, moment: 'after', asked: 1 }],
];

/** One that picks up and answers: numbers ending in 01. */
let serial = 0;
function aNumber(): string {
  serial += 1;
  return `+3933312${String(serial).padStart(3, '0')}01`;
}

describe('a scheduler that dies', () => {
  it.each(STEPS)(
    '%s costs nobody a second call and leaves nothing open',
    async (_when, { sql, post, moment, asked }) => {
      const number = aNumber();
      const campaign = await stack.campaign([number]);
      let pid = 0;
      const strike = () => killAll([pid]);
      const database = await tapSql(stack.api.env.DATABASE_URL!, sql ? { ...sql, moment } : null, strike);
      const carrier = await tapCarrier(stack.carrier.url, post ? moment : null, strike);
      const changed = { DATABASE_URL: database.url, TWILIO_BASE_URL: carrier.url };
      const child = await stack.process('scheduler', changed);
      pid = child.pid!;
      await waitFor('its death', () => child.signalCode ?? child.exitCode);
      await Promise.all([database.stop(), carrier.stop()]);
      expect(child.signalCode).toBe('SIGKILL');
      const ringsOf = async () => (await stack.rings()).filter(({ to }) => to === number);
      expect(await ringsOf()).toHaveLength(asked);

      const ended = await waitFor('the contact being done with', async () => {
        // What others do when its lease is over, and when it is certain that nothing more will be heard.
        await runSchedulerOnce(clockAhead(31));
        await reconcileCalls(clockAhead(31));
        await reconcileCalls(clockAhead(131));
        const rows = await stack.api.db
          .selectFrom('call_attempt')
          .selectAll()
          .where('campaign_id', '=', campaign)
          .execute();
        return rows.length > 0 && rows.every(({ ended_at }) => ended_at !== null) ? rows : null;
      });
      const rings = await ringsOf();
      expect(rings.length).toBeLessThanOrEqual(ended.length);
      expect(new Set(ended.map((one) => one.provider_call_id).filter(Boolean)).size).toBe(rings.length);
      expect(rings.length + ended.filter(({ disposition }) => disposition === 'dial_unknown').length).toBe(
        ended.length,
      );
      const [contact] = await stack.api.db
        .selectFrom('contact')
        .selectAll()
        .where('campaign_id', '=', campaign)
        .execute();
      expect(contact?.attempts_count).toBe(ended.length);
      await stack.api.call('manager', 'POST', `/api/campaigns/${campaign}/cancel`, {});
    },
  );
});

/** This deployment's context with a clock that is ahead: what would happen then happens now. */
function clockAhead(seconds: number) {
  const { ctx } = stack.api;
  return { ...ctx, now: () => new Date(Date.now() + seconds * 1_000) };
}
