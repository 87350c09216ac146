import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sendDueEmails } from '../../app/notifications/send-due-emails.ts';
import { unsubscribe } from '../../app/notifications/unsubscribe.ts';
import { hashEmail } from '../../app/notifications/unsubscribe-token.ts';
import { COMPLETED_EN, type MailRoom, mailRoom } from './mail-room.ts';
import { type PostOffice, postOffice } from './post-office.ts';

let office: PostOffice;
let room: MailRoom;
beforeAll(async () => {
  office = await postOffice();
  room = await mailRoom(office);
});
afterAll(async () => {
  await room.close();
  await office.close();
});
beforeEach(async () => {
  office.accepted.length = 0;
  await room.setTemplate(COMPLETED_EN);
});

const HOUR = 3_600;

describe('a survey event becomes one letter', () => {
  it('in the language of the contact, with its own Message-ID and both bodies', async () => {
    const anna = await room.happen({ email: 'anna@example.com', preferred_language: 'it' });
    await room.carry();
    const letter = await room.letter(anna);
    expect(letter).toMatchObject({ status: 'sent', attempts: 1, to_email: 'anna@example.com' });
    expect(letter.provider_message_id).toBeTruthy();
    expect(office.accepted).toHaveLength(1);
    const [mail] = office.accepted;
    expect(mail).toMatchObject({ subject: 'Grazie per la partecipazione' });
    expect(mail?.messageId).toBe(`<${letter.id}@voicesurveyagent>`);
    expect(mail?.html).toContain('Acme Research');
    expect(mail?.text).toContain('25 novembre 2026');
  });

  it('however often the event is delivered', async () => {
    const contact = await room.happen();
    await room.carry();
    for (let time = 0; time < 3; time += 1) await room.repeat(contact);
    await room.carry();
    expect(office.accepted).toHaveLength(1);
    expect(await room.letters(contact)).toHaveLength(1);
  });

  it('or none, visibly: without a template, without an address', async () => {
    const nowhere = await room.happen({ email: null });
    await room.carry();
    await room.setTemplate(null);
    const unasked = await room.happen();
    await room.carry();
    expect(await room.letter(nowhere)).toMatchObject({ status: 'skipped', skip_reason: 'no_address' });
    expect(await room.letter(unasked)).toMatchObject({
      status: 'skipped',
      skip_reason: 'no_template',
      to_email: null,
    });
    expect(office.accepted).toEqual([]);
  });

  it('in the campaign’s language where the contact’s has no template of that name', async () => {
    await room.setTemplate(await room.template({ subject: 'Only English' }));
    const anna = await room.happen({ preferred_language: 'it' });
    await room.carry();
    expect(await room.letter(anna)).toMatchObject({ status: 'sent' });
    expect(office.accepted[0]?.subject).toBe('Only English');
  });

  it('with a text alternative made from the HTML where the template has none', async () => {
    const body_html = '<h1>Hello</h1><p>Thanks &amp; <a href="https://example.com/x">goodbye</a></p>';
    await room.setTemplate(await room.template({ body_html, body_text: '' }));
    await room.happen();
    await room.carry();
    expect(office.accepted[0]?.text).toMatch(/^Hello\n\nThanks & goodbye \[https:\/\/example.com\/x\]/);
  });

  it('with the way to unsubscribe in both bodies and in the header', async () => {
    await room.happen({ email: 'anna@example.com' });
    await room.carry();
    const [mail] = office.accepted;
    const [url = ''] = /https:\/\/surveys\.example\.com\/unsubscribe\/[\w-]+/.exec(mail?.text ?? '') ?? [];
    expect(url).not.toBe('');
    expect(mail?.html).toContain(`href="${url}"`);
    const headers = mail?.headerLines.map(({ line }) => line.replace(/\r?\n\s+/g, ' ')) ?? [];
    expect(headers).toContain(`List-Unsubscribe: <${url}>`);
    expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(url).not.toContain('anna');
  });

  it('or none for an address that is unsubscribed, also when that happened after the note', async () => {
    const email_hash = hashEmail(room.ctx.config.phone_hash_key.reveal(), 'Never@Example.com');
    const noted = await room.happen({ email: 'never@example.com' });
    await room.note();
    await unsubscribe(room.db, { email_hash, now: room.ctx.now() });
    await room.carry();
    const later = await room.happen({ email: 'NEVER@example.com' });
    await room.carry();
    for (const contact of [noted, later]) {
      expect(await room.letter(contact)).toMatchObject({ status: 'skipped', skip_reason: 'unsubscribed' });
    }
    expect(office.accepted).toEqual([]);
  });

  it('to one address, whatever it looks like', async () => {
    await room.happen({ email: '"a,b"@example.com' });
    await room.carry();
    expect(office.accepted[0]?.to).toMatchObject({ value: [{ address: '"a,b"@example.com' }] });
  });
});

describe('a letter that fails', () => {
  it('for now (421) is sent again later, and only later', async () => {
    office.next({ reply: 421 });
    const contact = await room.happen();
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'pending', attempts: 1 });
    await room.carry();
    expect((await room.letter(contact)).attempts).toBe(1);
    room.later(HOUR);
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'sent', attempts: 2 });
    expect(office.accepted).toHaveLength(1);
  });

  it.each([[{ reply: 550 }], [{ reply: 554, at_data: true as const }]])(
    'for good (%o) is not sent again',
    async (mood) => {
      office.next(mood);
      const contact = await room.happen();
      await room.carry();
      room.later(24 * HOUR);
      await room.carry();
      expect(await room.letter(contact)).toMatchObject({ status: 'failed', attempts: 1 });
      expect(office.accepted).toEqual([]);
    },
  );

  it('eight times has failed', async () => {
    office.next(...Array.from({ length: 8 }, () => ({ reply: 451 })));
    const contact = await room.happen();
    const waits: number[] = [];
    for (let time = 0; time < 10; time += 1) {
      await room.carry();
      const { next_send_at, status } = await room.letter(contact);
      if (status === 'pending') waits.push((next_send_at?.getTime() ?? 0) - room.ctx.now().getTime());
      room.later(6 * HOUR);
    }
    expect(await room.letter(contact)).toMatchObject({ status: 'failed', attempts: 8 });
    expect(waits).toHaveLength(7);
    expect(waits.at(-1)).toBeGreaterThan(8 * waits[0]!);
  });

  it('because its template cannot be filled never reaches the wire', async () => {
    const hidden = '{% if language == "en" %}{{ phone_number }}{% endif %}';
    await room.setTemplate(await room.template({ body_text: hidden }));
    const offers = office.offers();
    const contact = await room.happen();
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'failed' });
    expect(office.offers()).toBe(offers);
  });
});

describe('a lost connection', () => {
  it('before the letter left is an ordinary failure, also on a connection that was used before', async () => {
    await room.happen();
    await room.carry();
    office.next('drop_at_sender');
    const contact = await room.happen();
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'pending', attempts: 1 });
    room.later(HOUR);
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'sent' });
    expect(office.accepted).toHaveLength(2);
  });

  it('in the middle of a long letter is an ordinary failure: without its final dot nobody has it', async () => {
    const long = `<p>${'a long letter '.repeat(7_000)}</p>`;
    await room.setTemplate(await room.template({ body_html: long, body_text: 'x' }));
    office.next('drop_in_letter');
    const contact = await room.happen();
    await room.carry();
    expect((await room.letter(contact)).status).toMatch(/pending|unknown/);
    room.later(HOUR);
    await room.carry();
    expect(office.accepted.length).toBeLessThanOrEqual(1);
  });

  it.each(['drop_after_dot', 'keep_and_drop', 'hold_after_dot', 'keep_and_hold'] as const)(
    'after it (%s) is unknown, for ever',
    async (mood) => {
      office.next(mood);
      const contact = await room.happen();
      const offers = office.offers();
      await room.carry();
      room.later(24 * HOUR);
      await room.repeat(contact);
      await room.carry();
      expect(await room.letter(contact)).toMatchObject({ status: 'unknown', attempts: 1 });
      expect(office.offers()).toBe(offers + 1);
    },
  );

  it('of our own process while sending is unknown once its lease is over', async () => {
    const contact = await room.happen();
    const silent = { ...room.ctx.mailer, send: () => new Promise<never>(() => {}) };
    await room.note();
    void sendDueEmails({ ...room.ctx, mailer: silent });
    await expect.poll(async () => (await room.letters(contact))[0]?.status).toBe('sending');
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'sending' });
    room.later(HOUR);
    await room.carry();
    expect(await room.letter(contact)).toMatchObject({ status: 'unknown' });
    expect(office.accepted).toEqual([]);
  });
});

it('one event that cannot be handled holds up no other', async () => {
  const body = { event_id: 'no id', event_type: 'survey.completed', contact_id: 'no id' };
  const key = '018f0000-0000-7000-8000-0000000000ff';
  await room.bus.publish([{ key, group: key, body }]);
  const contact = await room.happen();
  await room.carry();
  expect(await room.letter(contact)).toMatchObject({ status: 'sent' });
});
