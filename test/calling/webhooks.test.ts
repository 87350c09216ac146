import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { AppError } from '../../app/errors.ts';
import { webhookServer } from './webhook-server.ts';
import { AUTH_TOKEN, NOON, type World, world } from './world.ts';

const PUBLIC = 'http://localhost:3000';
let w: World;
let app: FastifyInstance;

beforeAll(async () => {
  w = await world();
  Object.assign(w.ctx.config, { public_url: PUBLIC });
  app = await webhookServer(w.ctx);
});
afterAll(async () => {
  await app.close();
  await w.close();
});
afterEach(async () => {
  await w.db
    .updateTable('call_attempt')
    .set({ ended_at: NOON, outcome: 'failed', disposition: 'technical' })
    .where('ended_at', 'is', null)
    .execute();
});

async function call() {
  const campaign = await w.campaign();
  await w.contacts(campaign, 1);
  const [call_id] = await w.claim([campaign], 1);
  await w.db
    .updateTable('call_attempt')
    .set({ dial_state: 'unknown', dial_commit_at: NOON })
    .where('call_id', '=', call_id!)
    .execute();
  return call_id!;
}

let serial = 0;
function newSid(): string {
  serial += 1;
  return `CA-webhook-${serial}`;
}

function post(path: string, params: Record<string, string>, signature?: string) {
  return app.inject({
    method: 'POST',
    url: path,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      host: 'somebody-else.example.com',
      'x-twilio-signature': signature ?? getExpectedTwilioSignature(AUTH_TOKEN, `${PUBLIC}${path}`, params),
    },
    payload: new URLSearchParams(params).toString(),
  });
}
const events = (call_id: string) => `/webhooks/telephony/events?call_id=${call_id}`;

describe('facts over HTTP', () => {
  it('are stored and answered without a word, also repeated, and of a call nobody knows', async () => {
    const call_id = await call();
    const params = { CallSid: newSid(), CallStatus: 'ringing' };
    for (let n = 0; n < 2; n += 1) {
      const { statusCode, body } = await post(events(call_id), params);
      expect([statusCode, body]).toEqual([204, '']);
    }
    expect(await w.attempt(call_id)).toMatchObject({ provider_status: 'ringing' });
    const stored = await w.db.selectFrom('call_event').select('id').where('call_id', '=', call_id).execute();
    expect(stored).toHaveLength(1);
    const nobody = await post(events('01a207da-3c2c-7cb2-8180-0cf5dbe86e4d'), params);
    expect(nobody.statusCode).toBe(204);
  });

  it('are refused without the provider’s signature, before anything is read', async () => {
    const call_id = await call();
    const answer = await post(events(call_id), { CallSid: newSid(), CallStatus: 'busy' }, 'AAAA');
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'webhook.bad_signature' });
    expect(await w.attempt(call_id)).toMatchObject({ provider_status: null });
  });

  it('are refused beyond 64 KiB', async () => {
    const answer = await post(events(await call()), { CallSid: newSid(), Filler: 'x'.repeat(65 * 1024) });
    expect(answer.statusCode).toBe(413);
  });

  it('that could not be stored are asked for again', async () => {
    const call_id = await call();
    const { db } = w.ctx;
    const gone = {
      isTransaction: false,
      transaction: () => ({ execute: () => Promise.reject(new Error()) }),
    };
    w.ctx.db = gone as never;
    const answer = await post(events(call_id), { CallSid: newSid(), CallStatus: 'busy' });
    w.ctx.db = db;
    expect(answer.statusCode).toBe(503);
  });

  it('are asked for again while nobody can tell who the provider is, and refused where there is none', async () => {
    const call_id = await call();
    const { provider } = w.ctx;
    w.ctx.provider = () => Promise.reject(new Error('connection lost'));
    const lost = await post(events(call_id), { CallSid: newSid(), CallStatus: 'ringing' });
    w.ctx.provider = async () => {
      throw new AppError('settings.unknown_provider', 'No telephony provider is configured.');
    };
    const none = await post(events(call_id), { CallSid: newSid(), CallStatus: 'ringing' });
    w.ctx.provider = provider;
    expect([lost.statusCode, none.statusCode]).toEqual([503, 403]);
  });

  it('are answered before what follows from them is done', async () => {
    const call_id = await call();
    const CallSid = newSid();
    await post(events(call_id), { CallSid, CallStatus: 'busy' });
    let release = () => {};
    const { hangUp } = w.port;
    w.port.hangUp = () =>
      new Promise((resolve) => {
        release = () => resolve('done');
      });
    // A late answer of a settled call must be hung up, which the provider takes its time for.
    expect((await post(events(call_id), { CallSid, CallStatus: 'in-progress' })).statusCode).toBe(204);
    w.port.hangUp = hangUp;
    release();
  });

  it('that come in a burst are each stored once and move each its call', async () => {
    const campaign = await w.campaign();
    await w.contacts(campaign, 8);
    const calls = await w.claim([campaign], 8);
    const posts = calls.flatMap((call_id) => {
      const CallSid = newSid();
      return ['in-progress', 'initiated', 'ringing', 'initiated', 'in-progress'].map((CallStatus) =>
        post(events(call_id), { CallSid, CallStatus }),
      );
    });
    const codes = (await Promise.all(posts)).map(({ statusCode }) => statusCode);
    expect(new Set(codes)).toEqual(new Set([204]));
    for (const call_id of calls) {
      expect(await w.attempt(call_id)).toMatchObject({ provider_status: 'answered', dial_state: 'placed' });
      const stored = await w.db
        .selectFrom('call_event')
        .select('is_anomaly')
        .where('call_id', '=', call_id)
        .execute();
      expect(stored.map(({ is_anomaly }) => is_anomaly)).toEqual([false, false, false]);
    }
  });

  it('may name their provider in the path', async () => {
    const call_id = await call();
    const path = `/webhooks/telephony/twilio/events?call_id=${call_id}`;
    expect((await post(path, { CallSid: newSid(), CallStatus: 'ringing' })).statusCode).toBe(204);
  });
});

describe('documents over HTTP', () => {
  it('open the conversation of an answered call, whose answer is a fact', async () => {
    const call_id = await call();
    const path = `/webhooks/telephony/answer?call_id=${call_id}`;
    const answer = await post(path, { CallSid: newSid(), CallStatus: 'in-progress' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/xml');
    expect(answer.body).toContain('<ConversationRelay');
    expect(await w.attempt(call_id)).toMatchObject({ provider_status: 'answered', dial_state: 'placed' });
  });

  it('connect once more after a lost socket and hang up when the conversation is over', async () => {
    const call_id = await call();
    const CallSid = newSid();
    await post(`/webhooks/telephony/answer?call_id=${call_id}`, { CallSid, CallStatus: 'in-progress' });
    const ended = `/webhooks/telephony/ended?call_id=${call_id}`;
    const params = { CallSid, CallStatus: 'in-progress', SessionStatus: 'failed' };
    expect((await post(ended, params)).body).toContain('<ConversationRelay');
    const { id } = (await w.attempt(call_id))!;
    await w.db
      .updateTable('conversation')
      .set({ disposition: 'refusal' })
      .where('call_attempt_id', '=', id)
      .execute();
    expect((await post(ended, params)).body).toContain('<Hangup/>');
  });

  it('are refused without the provider’s signature', async () => {
    for (const what of ['answer', 'ended']) {
      const answer = await post(`/webhooks/telephony/${what}?call_id=x`, { CallSid: newSid() }, 'AAAA');
      expect(answer.statusCode).toBe(403);
    }
  });
});

describe('the handshake', () => {
  const PATH = '/webhooks/telephony/conversation';
  const connect = (signature: string) => {
    const { port } = app.server.address() as AddressInfo;
    const headers = { 'x-twilio-signature': signature };
    return new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${PATH}`, { headers });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('open', () => {
        socket.on('close', (code) => resolve(code));
        socket.send('{"type":"setup","callSid":"CA-nobody","customParameters":{"token":"guessed"}}');
      });
      socket.on('error', reject);
    });
  };

  it('is refused without the provider’s signature', async () => {
    expect(await connect('AAAA')).toBe(403);
  });

  it('is refused where no provider is configured', async () => {
    const { provider } = w.ctx;
    w.ctx.provider = async () => {
      throw new AppError('settings.unknown_provider', 'No telephony provider is configured.');
    };
    expect(await connect('AAAA')).toBe(403);
    w.ctx.provider = provider;
  });

  it('is not enough: without the token of a call the socket is closed', async () => {
    const url = `${PUBLIC.replace('http', 'ws')}${PATH}`;
    expect(await connect(getExpectedTwilioSignature(AUTH_TOKEN, url, {}))).toBe(1008);
  });
});
