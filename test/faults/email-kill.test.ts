import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Mood } from '../notifications/post-office.ts';
import { waitFor } from '../support/wait-for.ts';
import { barrier, type MailStack, mailStack, type Place } from './mail-stack.ts';

let stack: MailStack;
beforeAll(async () => {
  stack = await mailStack();
});
afterAll(() => stack.stop());
beforeEach(() => {
  stack.office.accepted.length = 0;
});

type Fate = 'sent' | 'unknown';

/** Every step between the event and the end of its letter at which a process can stand in the database. */
const PLACES: [string, Place, Fate][] = [
  ['leased, before the bus has it', { table: 'bus_message', when: 'insert' }, 'sent'],
  ['on the bus, before it is marked', place('event', 'new.published_at is not null'), 'sent'],
  ['received, before the inbox', { table: 'consumed_message', when: 'insert' }, 'sent'],
  ['in the inbox, before the note', { table: 'email_notification', when: 'insert' }, 'sent'],
  ['noted, before it leaves the bus', { table: 'bus_message', when: 'delete' }, 'sent'],
  ['before `sending` is written', place('email_notification', "new.status = 'sending'"), 'sent'],
  ['accepted, before `sent` is written', place('email_notification', "new.status = 'sent'"), 'unknown'],
];
/** And every one at which it stands on the wire. */
const WIRE: [string, Mood, number, Fate][] = [
  ['before the letter', 'hold_at_sender', 0, 'unknown'],
  ['after the final dot, and the server has it not', 'hold_after_dot', 0, 'unknown'],
  ['after the final dot, and the server has it', 'keep_and_hold', 1, 'unknown'],
];

function place(table: string, condition: string): Place {
  return { table, when: 'update', condition };
}

/** A new process takes over; every letter must come to an end, and the mail server's own record has each at most once. */
async function takeOver(): Promise<Record<string, number>> {
  await stack.expireLeases();
  const second = await stack.worker();
  await waitFor('the end of every letter', async () => {
    const { nothing = 0, pending = 0, sending = 0 } = await stack.fates();
    return nothing + pending + sending === 0;
  });
  await waitFor('an empty bus', async () => (await stack.api.ctx.bus.depth()).waiting === 0);
  await stack.kill(second);
  return stack.fates();
}

async function fatesSince(before: Record<string, number>): Promise<Record<string, number>> {
  const after = await takeOver();
  const changed = Object.entries(after).map(([status, count]) => [status, count - (before[status] ?? 0)]);
  return Object.fromEntries(changed.filter(([, count]) => count !== 0));
}

describe('a SIGKILL of the worker', () => {
  // Whether the statement that it was waiting for is committed or not, nobody has told it: both must hold.
  const cases = PLACES.flatMap(([name, where, fate]) =>
    [true, false].map((undone) => ({ name, where, fate, undone })),
  );
  it.each(cases)('$name (undone: $undone)', async ({ where, fate, undone }) => {
    const before = await stack.fates();
    const standing = await barrier(stack, where);
    const first = await stack.worker();
    await stack.happen(1);
    await standing.reached();
    // Beside this step the letter goes its own way: it is let arrive, so that the one fate is what is looked at.
    if (where.when === 'delete')
      await waitFor('the letter', async () => ((await stack.fates()).sent ?? 0) > (before.sent ?? 0));
    await stack.kill(first);
    await standing.release({ undone });
    // The statement that went through unseen: `sent` was written after all, or `sending` was.
    const isSentUnseen = fate === 'unknown' && !undone;
    const isSendingUnseen = where.condition?.includes("'sending'") && !undone;
    const expected = isSentUnseen ? 'sent' : isSendingUnseen ? 'unknown' : fate;
    expect(await fatesSince(before)).toEqual({ [expected]: 1 });
    expect(stack.office.accepted).toHaveLength(isSendingUnseen ? 0 : 1);
  });

  it.each(WIRE)('on the wire %s', async (_name, mood, accepted, fate) => {
    const before = await stack.fates();
    const silent = stack.office.holding();
    stack.office.next(mood);
    const first = await stack.worker();
    await stack.happen(1);
    await waitFor('the server going silent', () => stack.office.holding() > silent);
    await stack.kill(first);
    expect(await fatesSince(before)).toEqual({ [fate]: 1 });
    expect(stack.office.accepted).toHaveLength(accepted);
  });

  it('leaves what is unknown to a person: it is listed, and no further process sends it', async () => {
    const listed = await stack.api.call('admin', 'GET', '/api/admin/email-notifications?status=unknown');
    const { items, total } = (await listed.json()) as { items: { error_message: string }[]; total: number };
    expect(total).toBe((await stack.fates()).unknown);
    expect(items[0]?.error_message).toContain('the process ended');
    const offers = stack.office.offers();
    await takeOver();
    expect(stack.office.offers()).toBe(offers);
  });
});
