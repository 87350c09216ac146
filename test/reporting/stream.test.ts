import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../app/infra/db/id.ts';
import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { startApi } from '../support/api.ts';
import { waitFor } from '../support/wait-for.ts';

type Told = { event: string; data: Record<string, unknown> };

let api: Awaited<ReturnType<typeof startApi>>;
let campaign_id: string;
beforeAll(async () => {
  api = await startApi();
  campaign_id = await aCampaign();
});
afterAll(() => api.stop());

async function aCampaign(): Promise<string> {
  const made = await api.call('manager', 'POST', '/api/campaigns', CAMPAIGNS.en);
  return ((await made.json()) as { id: string }).id;
}

/** Reads a stream as a browser does, until it is told to stop. */
async function follow(account: 'manager' | 'viewer', id = campaign_id) {
  const stop = new AbortController();
  const response = await fetch(`${api.origin}/api/campaigns/${id}/stream`, {
    headers: { authorization: `Bearer ${await api.token(account)}` },
    signal: stop.signal,
  });
  const told: Told[] = [];
  let isOver = false;
  void (async () => {
    let text = '';
    try {
      for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
        text += part;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const [, event, data] = /^event: (\w+)\ndata: (.*)$/s.exec(block) ?? [];
          if (event) told.push({ event, data: JSON.parse(data!) });
        }
      }
    } catch {} // stopped
    isOver = true;
  })();
  const of = (event: string) => told.filter((one) => one.event === event).map(({ data }) => data);
  return { response, of, isOver: () => isOver, stop: () => stop.abort() };
}

/** A call that is ringing. */
async function aLiveCall(id = campaign_id) {
  const contact_id = newId();
  const phone_number = `+39333${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`;
  const form = new FormData();
  form.set(
    'file',
    new Blob([`phone_number,external_contact_id\n${phone_number},${contact_id}\n`]),
    'one.csv',
  );
  const imported = await api.call('manager', 'POST', `/api/campaigns/${id}/contacts/upload`, form);
  expect(await imported.json()).toMatchObject({ accepted_count: 1 });
  const call_id = newId();
  await sql`insert into call_attempt (id, call_id, contact_id, campaign_id, attempt_number, phone_number, dial_state,
      provider_name, provider_call_id, provider_status, started_at, dial_commit_at, script_version, language)
    select ${newId()}, ${call_id}, k.id, k.campaign_id, 1, k.phone_number, 'placed', 'twilio', ${call_id}, 'ringing',
      now(), now(), 1, 'en' from contact k where k.external_contact_id = ${contact_id}`.execute(api.db);
  return call_id;
}

describe('the stream of a campaign', () => {
  it('tells the figures at once, equal to what the figures’ own address says', async () => {
    const stream = await follow('manager');
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const stats = await waitFor('figures', () => stream.of('stats')[0]);
    const asked = (await (
      await api.call('manager', 'GET', `/api/campaigns/${campaign_id}/stats`)
    ).json()) as Record<string, unknown>;
    expect({ ...stats, updated_at: null }).toEqual({ ...asked, updated_at: null });
    stream.stop();
  });

  it('tells every reader of a call, from its ringing to its end, and the figures with it', async () => {
    const streams = [await follow('manager'), await follow('manager'), await follow('viewer')];
    const call_id = await aLiveCall();
    const ofCall = (stream: (typeof streams)[0]) =>
      stream.of('call').filter((one) => one.call_id === call_id);
    for (const stream of streams) await waitFor('ringing', () => ofCall(stream).length > 0);
    await sql`update call_attempt set ended_at = now(), outcome = 'no_answer', disposition = 'no_answer',
      provider_status = 'no_answer' where call_id = ${call_id}`.execute(api.db);
    for (const stream of streams) {
      await waitFor('its end', () => ofCall(stream).length > 1);
      expect(ofCall(stream)).toEqual([
        expect.objectContaining({ call_id, provider_status: 'ringing', step: 'dialled', outcome: null }),
        expect.objectContaining({ call_id, provider_status: 'no_answer', outcome: 'no_answer' }),
      ]);
      const isCounted = () => (stream.of('stats').at(-1)!.by_outcome as { no_answer: number }).no_answer > 0;
      await waitFor('the figures', isCounted);
      expect(JSON.stringify(stream.of('call'))).not.toContain('+39');
      stream.stop();
    }
  });

  it('asks the database once for all readers', async () => {
    const id = await aCampaign();
    const transactions = async () => {
      const { rows } = await sql<{ done: number }>`
        select xact_commit::int as done from pg_stat_database where datname = current_database()`.execute(
        api.db,
      );
      return rows[0]!.done;
    };
    const streams = await Promise.all(Array.from({ length: 40 }, () => follow('manager', id)));
    const call_id = await aLiveCall(id);
    const before = await transactions();
    const toldAll = (times: number) => () => streams.every((stream) => stream.of('call').length >= times);
    await waitFor('all knowing of the call', toldAll(1));
    await sql`update call_attempt set provider_status = 'answered', answered_at = now()
      where call_id = ${call_id}`.execute(api.db);
    await waitFor('all knowing of its answer', toldAll(2));
    // Two looks at two transactions each, and what else a server does in seconds; forty readers alone would need 160.
    expect((await transactions()) - before).toBeLessThan(60);
    for (const stream of streams) stream.stop();
  });

  it('ends when the campaign is deleted, and is not there for one that does not exist', async () => {
    const id = await aCampaign();
    const stream = await follow('manager', id);
    await waitFor('figures', () => stream.of('stats').length > 0);
    await api.call('manager', 'DELETE', `/api/campaigns/${id}`);
    await waitFor('its end', stream.isOver);
    const gone = await api.call('manager', 'GET', `/api/campaigns/${id}/stream`);
    expect(gone.status).toBe(404);
    expect((await api.call(null, 'GET', `/api/campaigns/${campaign_id}/stream`)).status).toBe(401);
    const head = await api.call('manager', 'HEAD', `/api/campaigns/${campaign_id}/stream`);
    expect(head.headers.get('content-type')).toContain('text/event-stream');
  });

  it('does not hold up a server that closes', async () => {
    const stream = await follow('manager');
    await waitFor('figures', () => stream.of('stats').length > 0);
    // As the process does it: a connection that was just answering would wait for its client's next request.
    const sweep = setInterval(() => api.server.server.closeIdleConnections(), 50);
    await Promise.race([api.server.close(), wait(20_000).then(() => Promise.reject(new Error('held up')))]);
    clearInterval(sweep);
    await waitFor('its end', stream.isOver);
  });
});
