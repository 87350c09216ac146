import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../app/infra/config/secret.ts';
import { type CrmRoom, changesOf, crmRoom } from './crm-room.ts';
import { type Receiver, receiver } from './receiver.ts';

let crm: Receiver;
let room: CrmRoom;
beforeAll(async () => {
  crm = await receiver();
  room = await crmRoom({ encryption_key: new Secret(Buffer.alloc(32, 9)), max_attempts: 3 });
});
afterAll(async () => {
  await room.close();
  await crm.close();
});
beforeEach(async () => {
  await room.db.deleteFrom('webhook').execute();
  crm.told.length = 0;
});
const DAY = 86_400;

describe('a receiver is told of an event', () => {
  it('signed so that the vendors’ own library accepts it, and nobody else’s secret does', async () => {
    const { new_secret } = await room.webhook(crm.url);
    const event = await room.happen('survey.refused');
    await room.carry();
    const [{ headers, body }] = crm.told as [(typeof crm.told)[0]];
    const signed = headers as Record<string, string>;
    // The library looks at the clock; ours stands still at the time of the story.
    const verify = (secret: string, text: string) =>
      atTime(room.ctx.now(), () => new Webhook(secret).verify(text, signed));
    expect(verify(new_secret!, body)).toEqual(JSON.parse(body));
    expect(() => verify(new_secret!, `${body} `)).toThrow();
    expect(() => verify(`whsec_${Buffer.alloc(32).toString('base64')}`, body)).toThrow();
    expect(headers['webhook-id']).toBe(event);
    expect(JSON.parse(body)).toMatchObject({ event_id: event, event_type: 'survey.refused', call_id: null });
    expect(await room.deliveries()).toMatchObject([
      { status: 'delivered', attempts: 1, response_status: 204 },
    ]);
  });

  it('of its types only, and only once however often the bus delivers it', async () => {
    await room.webhook(crm.url, { event_types: ['survey.completed'] });
    await room.happen('survey.refused');
    const event = await room.happen('survey.completed');
    await room.carry();
    await room.repeat(event);
    await room.carry();
    expect(crm.told.map(({ body }) => JSON.parse(body).event_id)).toEqual([event]);
  });

  it('under the old and the new secret for a day after a change, then under the new one alone', async () => {
    const first = await room.webhook(crm.url);
    const second = await room.change(first.id, { rotate_secret: true });
    expect(second.new_secret).not.toBe(first.new_secret);
    await room.happen('survey.refused');
    await room.carry();
    room.later(DAY + 1);
    await room.happen('survey.refused');
    await room.carry();
    const accepts = (at: number, secret: string) => {
      const { headers, body } = crm.told[at]!;
      const moment = new Date(Number(headers['webhook-timestamp']) * 1_000);
      try {
        atTime(moment, () => new Webhook(secret).verify(body, headers as Record<string, string>));
        return true;
      } catch {
        return false;
      }
    };
    expect([accepts(0, first.new_secret!), accepts(0, second.new_secret!)]).toEqual([true, true]);
    expect([accepts(1, first.new_secret!), accepts(1, second.new_secret!)]).toEqual([false, true]);
  });
});

describe('a receiver that fails', () => {
  it.each([[{ status: 500 }], [{ status: 404 }], [{ status: 302 }], ['drop']] as const)(
    '(%o) is told again later, and only later',
    async (mood) => {
      await room.webhook(crm.url);
      crm.next(mood);
      await room.happen('survey.refused');
      await room.carry();
      await room.carry();
      expect(crm.told).toHaveLength(1);
      room.later(DAY);
      await room.carry();
      expect(crm.told).toHaveLength(2);
      expect(crm.told[0]?.headers['webhook-id']).toBe(crm.told[1]?.headers['webhook-id']);
      expect(await room.deliveries()).toMatchObject([{ status: 'delivered', attempts: 2 }]);
    },
  );

  it('and says when to come back (429) is not told before that', async () => {
    await room.webhook(crm.url);
    crm.next({ status: 429, headers: { 'retry-after': '3600' } });
    await room.happen('survey.refused');
    await room.carry();
    room.later(3_500);
    await room.carry();
    expect(crm.told).toHaveLength(1);
    room.later(200);
    await room.carry();
    expect(crm.told).toHaveLength(2);
  });

  it('for good leaves a dead event that can be told again by hand', async () => {
    const { id } = await room.webhook(crm.url);
    crm.next({ status: 500 }, { status: 500 }, { status: 500 });
    await room.happen('survey.refused');
    for (let time = 0; time < 5; time += 1) {
      await room.carry();
      room.later(DAY);
    }
    expect(await room.deliveries()).toMatchObject([{ status: 'dead', attempts: 3, response_status: 500 }]);
    expect(crm.told).toHaveLength(3);
    expect(await room.replay(id)).toBe(1);
    await room.carry();
    expect(await room.deliveries()).toMatchObject([{ status: 'delivered', attempts: 1 }]);
    expect(await room.replay(id)).toBe(0);
  });

  it('with 410 wants no more: it is switched off, and told of what it missed on request', async () => {
    const { id } = await room.webhook(crm.url);
    crm.next({ status: 410 });
    const from = room.ctx.now().toISOString();
    await room.happen('survey.refused');
    await room.carry();
    const off = {
      is_active: false,
      inactive_reason: 'the receiver answered 410 Gone',
      deliveries: { dead: 1 },
    };
    expect(await room.find(id)).toMatchObject(off);
    await room.happen('survey.refused');
    await room.carry();
    expect(crm.told).toHaveLength(1);
    await room.change(id, { is_active: true });
    expect(await room.replay(id, { from })).toBeGreaterThanOrEqual(2);
    await room.carry();
    expect(await room.find(id)).toMatchObject({ inactive_reason: null, deliveries: { dead: 0, waiting: 0 } });
  });

  it('by the death of our own process is told again when the lease is over', async () => {
    await room.webhook(crm.url);
    await room.happen('survey.refused');
    await room.note();
    await room.leaseAndDie();
    await room.carry();
    expect(crm.told).toEqual([]);
    room.later(300);
    await room.carry();
    expect(crm.told).toHaveLength(1);
  });
});

describe('an administrator', () => {
  it('tells a new receiver what happened before it', async () => {
    const old = await room.happen('survey.completed');
    await room.carry();
    const { id } = await room.webhook(crm.url);
    expect(await room.replay(id, { event_ids: [old] })).toBe(1);
    await room.carry();
    expect(crm.told.map(({ headers }) => headers['webhook-id'])).toEqual([old]);
    const before = new Date(room.ctx.now().getTime() - 1_000).toISOString();
    expect(await room.replay(id, { from: before })).toBe(1);
    expect(await room.replay(id, { to: '2020-01-01T00:00:00Z' })).toBe(0);
  });

  it('is never shown a secret again, and the audit log never has it', async () => {
    const { id, new_secret } = await room.webhook(crm.url);
    await room.change(id, { rotate_secret: true });
    expect(JSON.stringify(await room.find(id))).not.toContain(new_secret);
    const audited = JSON.stringify(await changesOf(room.db, id));
    expect(audited).toContain('[secret]');
    expect(audited).not.toContain(new_secret);
    const stored = await room.db.selectFrom('webhook').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(new_secret);
  });

  it('cannot send it to an address that is not on the list', async () => {
    await expect(room.webhook('http://evil.example/')).rejects.toMatchObject({
      code: 'webhook.address_refused',
      errors: [{ field: 'url', message: expect.stringContaining('not on the list') }],
    });
  });
});

/** Runs with the process's clock at `moment`. */
function atTime<T>(moment: Date, work: () => T): T {
  const real = Date.now;
  Date.now = () => moment.getTime();
  try {
    return work();
  } finally {
    Date.now = real;
  }
}
