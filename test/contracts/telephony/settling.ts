import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeCall } from '../../../app/calling/place-call.ts';
import { reconcileCalls } from '../../../app/calling/reconcile-calls.ts';
import type { RawRequest } from '../../../app/calling/telephony/provider.ts';
import { webhookServer } from '../../calling/webhook-server.ts';
import { NOON, type World, world } from '../../calling/world.ts';
import { waitFor } from '../../support/wait-for.ts';
import type { AdapterUnderTest, Signer, StartAdapter, VendorFact } from './adapter-under-test.ts';
import type { WireFault } from './wire.ts';

/** The application's own HTTP server and database behind the adapter; the vendor's callbacks go over the wire too. */
export function settling(start: StartAdapter): void {
  let w: World;
  let app: FastifyInstance;
  let adapter: AdapterUnderTest;
  let origin: string;
  let serial = 0;

  beforeAll(async () => {
    w = await world();
    app = await webhookServer(w.ctx);
    origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    w.ctx.config.public_url = origin;
    adapter = await start(origin);
    w.ctx.provider = async () => adapter.provider;
  });
  afterAll(async () => {
    await adapter.stop();
    await app.close();
    await w.close();
  });

  const deliver = async ({ url, headers, body }: RawRequest) => {
    const answer = await fetch(`${origin}${url.slice(new URL(url).origin.length)}`, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(body),
    });
    return answer.status;
  };

  /** A call to somebody whose line is busy (the vendor itself tells so) or who lets it ring. */
  async function dialled(number: 'busy' | 'rings_long', fault: WireFault | null = null) {
    serial += 1;
    w.setNow(NOON);
    const of = adapter.numbers[number];
    const phone_number = `${of.slice(0, -7)}${String(60_000 + serial)}${of.slice(-2)}`;
    const campaign_id = await w.campaign({ max_attempts: 3 });
    const [contact_id] = await w.contacts(campaign_id, 1, { phone_number });
    const [call_id] = await w.claim([campaign_id], 1);
    adapter.wire.fault = fault;
    const posted = await placeCall(w.ctx, { call_id: call_id! });
    adapter.wire.fault = null;
    const metadata = { call_id: call_id!, campaign_id, contact_id: contact_id! };
    return { phone_number, posted, metadata, attempt: async () => (await w.attempt(call_id!))! };
  }

  /** A call that exists here alone, so that the test is the only one who speaks of it. */
  async function spokenOf() {
    const at = await dialled('busy', { when: 'before', what: 'reset' });
    serial += 1;
    const provider_call_id = `CA-settling-${serial}`;
    const tell = (status: VendorFact['status'], more: Partial<VendorFact> = {}, signer?: Signer) =>
      deliver(adapter.webhook({ status, provider_call_id, metadata: at.metadata, ...more }, signer));
    const events = () =>
      w.db.selectFrom('call_event').selectAll().where('call_id', '=', at.metadata.call_id).execute();
    return { ...at, provider_call_id, tell, events };
  }

  describe('a call of which the vendor tells over the wire', () => {
    it('is settled by its own callbacks', async () => {
      const { attempt, posted } = await dialled('busy');
      expect(posted).toBe('placed');
      await waitFor('the settlement', async () => (await attempt()).ended_at);
      expect(await attempt()).toMatchObject({
        disposition: 'busy',
        outcome: 'busy',
        provider_status: 'busy',
      });
    });

    it('that was taken though nobody was told is adopted by its first callback, and rang once', async () => {
      const { attempt, posted, phone_number } = await dialled('busy', { when: 'after', what: 'reset' });
      expect(posted).toBe('unknown');
      await waitFor('the settlement', async () => (await attempt()).ended_at);
      const rang = await adapter.rang(phone_number);
      expect(rang).toHaveLength(1);
      expect(await attempt()).toMatchObject({ disposition: 'busy', provider_call_id: rang[0] });
      expect(await placeCall(w.ctx, { call_id: (await attempt()).call_id })).toBe('gone');
    });
  });

  describe('a call whose callbacks do not come', () => {
    it('and whose placement got no answer is found by number and time, adopted and settled; it rang once', async () => {
      // Refused like a forgery, every callback is lost.
      const { provider } = adapter;
      w.ctx.provider = async () => ({ ...provider, verifyWebhook: () => false });
      const { attempt, metadata, phone_number } = await dialled('busy', { when: 'after', what: 'silent' });
      await w.db
        .updateTable('call_attempt')
        .set({ dial_commit_at: new Date(), last_fact_at: null })
        .where('call_id', '=', metadata.call_id)
        .execute();
      w.setNow(new Date());
      expect(await attempt()).toMatchObject({ dial_state: 'unknown', ended_at: null });
      w.later(31);
      await reconcileCalls(w.ctx);
      const rang = await adapter.rang(phone_number);
      expect(await attempt()).toMatchObject({ provider_call_id: rang[0], disposition: 'busy' });
      expect(rang).toHaveLength(1);
      w.ctx.provider = async () => provider;
    });
  });

  describe('callbacks', () => {
    it('that come twice count once', async () => {
      const { tell, events, attempt } = await spokenOf();
      for (const status of ['ringing', 'ringing', 'busy', 'busy'] as const)
        expect(await tell(status)).toBe(204);
      expect((await events()).map(({ type }) => type).sort()).toEqual(['busy', 'ringing']);
      expect(await attempt()).toMatchObject({ disposition: 'busy' });
    });

    it('that come in the wrong order end the same', async () => {
      const { tell, attempt } = await spokenOf();
      for (const status of ['answered', 'initiated', 'ringing'] as const) await tell(status);
      expect(await attempt()).toMatchObject({ provider_status: 'answered', ended_at: null });
      await tell('completed');
      expect(await attempt()).toMatchObject({ provider_status: 'completed', ended_at: expect.any(Date) });
    });

    it('that come after the end change nothing and are marked', async () => {
      const { tell, attempt, events } = await spokenOf();
      await tell('no_answer');
      const before = await attempt();
      for (const status of ['ringing', 'completed', 'failed'] as const) expect(await tell(status)).toBe(204);
      expect(await attempt()).toEqual(before);
      expect((await events()).filter(({ is_anomaly }) => is_anomaly)).toHaveLength(3);
    });

    it('of which none but the last comes settle the call', async () => {
      const { tell, attempt } = await spokenOf();
      await tell('busy');
      expect(await attempt()).toMatchObject({ disposition: 'busy', dial_state: 'placed' });
    });

    it('that come all at once leave one settlement', async () => {
      const { tell, attempt } = await spokenOf();
      const all = ['initiated', 'ringing', 'answered', 'completed', 'completed', 'ringing'] as const;
      expect(await Promise.all(all.map((status) => tell(status)))).toEqual(all.map(() => 204));
      expect(await attempt()).toMatchObject({ provider_status: 'completed', ended_at: expect.any(Date) });
    });

    it('from a clock a day ahead or behind end the call no earlier than it began', async () => {
      for (const days of [-1, 1]) {
        const { tell, attempt } = await spokenOf();
        await tell('answered', { at: NOON });
        await tell('completed', { at: new Date(NOON.getTime() + days * 86_400_000) });
        const { ended_at, answered_at } = await attempt();
        expect(ended_at!.getTime()).toBeGreaterThanOrEqual(answered_at!.getTime());
        expect(ended_at!.getTime()).toBeLessThanOrEqual(NOON.getTime());
      }
    });

    it('of a status nobody has heard of are kept and move nothing', async () => {
      const { tell, attempt, events } = await spokenOf();
      expect(await tell('unheard_of')).toBe(204);
      expect(await attempt()).toMatchObject({ provider_status: null, ended_at: null });
      expect(await events()).toHaveLength(1);
    });

    it('that say a machine answered end as that', async () => {
      const { tell, attempt } = await spokenOf();
      await tell('answered');
      await tell('answered', { answered_by: 'machine' });
      await tell('completed');
      expect(await attempt()).toMatchObject({ answered_by: 'machine', disposition: 'answering_machine' });
    });

    it('that say the number is none end the contact for good', async () => {
      const { tell, attempt, metadata } = await spokenOf();
      await tell('failed', { failure: 'invalid_number' });
      expect(await attempt()).toMatchObject({ disposition: 'invalid_number' });
      expect(await w.contact(metadata.contact_id)).toMatchObject({ state: 'not_reached' });
    });

    it.each(['somebody', 'nobody'] as const)(
      'signed by %s are refused and leave no trace',
      async (signer) => {
        const { tell, attempt, events } = await spokenOf();
        expect(await tell('busy', {}, signer)).toBe(403);
        expect(await attempt()).toMatchObject({ provider_status: null, ended_at: null });
        expect(await events()).toEqual([]);
      },
    );

    it('of another account are refused and leave no trace', async () => {
      const { tell, attempt, events } = await spokenOf();
      expect(await tell('busy', { account: 'another' })).toBe(403);
      expect(await attempt()).toMatchObject({ ended_at: null });
      expect(await events()).toEqual([]);
    });

    it('of a call that nobody knows are taken, so that they are not sent for ever', async () => {
      const { metadata } = await spokenOf();
      const nobody = { ...metadata, call_id: '01a207da-3c2c-7cb2-8180-0cf5dbe86e4d' };
      const fact = { status: 'busy', provider_call_id: 'CA-stranger', metadata: nobody } as const;
      expect(await deliver(adapter.webhook(fact))).toBe(204);
    });

    it('beyond 64 KiB are refused, signed or not', async () => {
      const { url } = adapter.webhook({
        status: 'busy',
        provider_call_id: 'CA-x',
        metadata: (await spokenOf()).metadata,
      });
      expect(await deliver(adapter.sign({ url, body: `Filler=${'x'.repeat(65 * 1024)}` }))).toBe(413);
    });

    it('leave nobody’s number in what is stored', async () => {
      const { tell, events, phone_number } = await spokenOf();
      for (const status of ['initiated', 'ringing', 'failed'] as const)
        await tell(status, { to: phone_number });
      expect(await events()).toHaveLength(3);
      expect(JSON.stringify(await events())).not.toContain(phone_number.slice(1));
    });
  });
}
