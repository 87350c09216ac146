import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../app/audit/verify-audit.ts';
import type { Actor } from '../../app/auth/user.ts';
import { isExcluded } from '../../app/contacts/exclusions/is-excluded.ts';
import { deleteAtProvider } from '../../app/privacy/delete-at-provider.ts';
import { eraseContact } from '../../app/privacy/erase-contact.ts';
import { findErasure } from '../../app/privacy/find-erasures.ts';
import { readLedger } from '../../app/privacy/ledger-file.ts';
import { personData } from '../../app/privacy/person-data.ts';
import { ledgerOf, reapplyErasures } from '../../app/privacy/reapply-erasures.ts';
import { setLegalHold } from '../../app/privacy/set-legal-hold.ts';
import { NOON, type World, world } from '../calling/world.ts';
import { dump } from '../support/dump.ts';
import { aPerson, CANARY, elsewhere } from './a-person.ts';

let w: World;
let admin: Actor;
let folder: string;
const erasedAtProvider: string[] = [];
let atProvider: () => void = () => {};
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vsa-ledger-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  erasedAtProvider.length = 0;
  atProvider = () => {};
  w = await world({
    eraseCopy: async ({ provider_call_id, copy }) => {
      atProvider();
      erasedAtProvider.push(`${copy} ${provider_call_id}`);
    },
  });
  const { id } = await w.db.selectFrom('user').select('id').executeTakeFirstOrThrow();
  admin = { user_id: id, role: 'admin', email: 'a@example.com', name: 'A', session_id: null };
  return () => w.close();
});

const ledger = () => path.join(folder, 'ledger.ndjson');
const erase = (contact_id: string) => {
  const ctx = { ...w.ctx, config: { erasure_ledger_file: ledger() } };
  return eraseContact(ctx, { contact_id, actor: admin });
};
const resultOf = async (id: string, store: string) =>
  (await findErasure(w.db, id)).stores.find((one) => one.store === store);
/** Where something of the person is still to be read. */
const traces = async () => {
  const text = (await dump(w.db)).toLowerCase();
  const secrets = [...Object.values(CANARY), '3471234567', '347 123 4567'];
  return secrets.filter((secret) => text.includes(secret.toLowerCase()));
};

describe('an erased person', () => {
  it('is found in every store before, and in none after', async () => {
    const { contact_id, campaign_id, provider_call_id } = await aPerson(w);
    const again = await aPerson(w);
    await elsewhere(w, campaign_id);
    expect(await traces()).toHaveLength(Object.keys(CANARY).length + 2);

    const id = await erase(contact_id);
    expect(await traces()).toEqual([]);
    expect(await verifyAudit(w.db, { sealKey: Buffer.alloc(32) })).toMatchObject({ fault: null });
    const { stores, status, contact_ids } = await findErasure(w.db, id);
    expect(contact_ids).toEqual([contact_id, again.contact_id]);
    expect(status).toBe('pending');
    expect(
      Object.fromEntries(stores.map(({ store, result, count }) => [store, `${result} ${count}`])),
    ).toEqual({
      contacts: 'erased 2',
      transcripts: 'erased 2',
      consent_records: 'erased 2',
      answers: 'erased 4',
      conversations: 'erased 2',
      call_events: 'erased 2',
      call_attempts: 'erased 2',
      outbox: 'erased 2',
      queue: 'erased 2',
      emails: 'erased 2',
      webhook_deliveries: 'none 0',
      import_error_rows: 'erased 2',
      exclusion_list: 'hash_only 2',
      exports: 'not_kept 0',
      logs: 'not_kept 0',
      provider_calls: 'pending 2',
      provider_recordings: 'pending 2',
    });

    expect(await deleteAtProvider(w.ctx)).toBe(4);
    expect(erasedAtProvider.slice(0, 2).every((one) => one.startsWith('recording'))).toBe(true);
    expect(erasedAtProvider).toContain(`call ${provider_call_id}`);
    expect(await findErasure(w.db, id)).toMatchObject({ status: 'completed' });
    expect(await deleteAtProvider(w.ctx)).toBe(0);
  });

  it('is never called again, in no campaign, though nobody can read the number', async () => {
    const { contact_id } = await aPerson(w);
    await erase(contact_id);
    const phone_hash = w.ctx.phoneHash(CANARY.phone_number);
    expect(await isExcluded(w.db, { phone_hash, campaign_id: await w.campaign() })).toBe(true);
    const [entry] = await w.db.selectFrom('exclusion_list_entry').selectAll().execute();
    expect(entry).toMatchObject({ phone_number: null, campaign_id: null, reason: 'erasure' });
  });

  it('who is on the telephone is hung up first', async () => {
    const { contact_id, call_id, provider_call_id } = await aPerson(w, { completed: false });
    w.port.hangUp = async (sid) => {
      w.hungUp.push(sid);
      const over = { ended_at: NOON, outcome: 'failed', disposition: 'technical' } as const;
      await w.db.updateTable('call_attempt').set(over).where('call_id', '=', call_id).execute();
      return 'done';
    };
    await erase(contact_id);
    expect(w.hungUp).toEqual([provider_call_id]);
    expect(await traces()).toEqual([]);
  });

  it('stays pending while the provider does not confirm, and is asked for again', async () => {
    const { contact_id } = await aPerson(w);
    const id = await erase(contact_id);
    atProvider = () => {
      throw Object.assign(new Error('no'), { error_code: 'http_500' });
    };
    expect(await deleteAtProvider(w.ctx)).toBe(0);
    expect(await resultOf(id, 'provider_calls')).toMatchObject({ result: 'pending' });
    atProvider = () => {};
    expect(await deleteAtProvider(w.ctx)).toBe(0);
    w.later(3_600);
    expect(await deleteAtProvider(w.ctx)).toBe(2);
    expect(await resultOf(id, 'provider_calls')).toMatchObject({ result: 'erased' });
  });

  it('under legal hold is not erased, and nothing of it', async () => {
    const { contact_id } = await aPerson(w);
    const hold = { contact_id, actor: admin, now: NOON };
    await setLegalHold(w.db, { ...hold, legal_hold: true, reason: 'a court asked' });
    const before = await dump(w.db);
    await expect(erase(contact_id)).rejects.toMatchObject({ code: 'contact.legal_hold' });
    expect(await dump(w.db)).toBe(before);
    await setLegalHold(w.db, { ...hold, legal_hold: false, reason: null });
    await erase(contact_id);
    expect(await traces()).toEqual([]);
  });

  it('that comes back with a restored database is erased again by the ledger', async () => {
    await rm(ledger(), { force: true });
    const restored = await world();
    const user = await restored.db.selectFrom('user').select('id').executeTakeFirstOrThrow();
    const { contact_id, campaign_id } = await aPerson(restored);
    await elsewhere(restored, campaign_id);
    const other = await restored.contacts(campaign_id, 1);
    const given = [
      {
        id: user.id,
        phone_hash: w.ctx.phoneHash(CANARY.phone_number),
        contact_ids: [contact_id],
        erased_at: NOON,
      },
    ];
    expect(await reapplyErasures(restored.db, { given, now: NOON })).toEqual({ checked: 1, erased: 1 });
    const text = await dump(restored.db);
    for (const secret of Object.values(CANARY)) expect(text).not.toContain(secret);
    expect(text).toContain(other[0]);
    expect(await reapplyErasures(restored.db, { given: [], now: NOON })).toEqual({ checked: 1, erased: 0 });
    expect(await verifyAudit(restored.db, { sealKey: Buffer.alloc(32) })).toMatchObject({ fault: null });
    await restored.close();
  });

  it('is in the ledger outside the database, by ids and hash alone', async () => {
    await rm(ledger(), { force: true });
    const { contact_id } = await aPerson(w);
    const id = await erase(contact_id);
    const text = await readFile(ledger(), 'utf8');
    expect(text).not.toContain(CANARY.phone_number.slice(1));
    const expected = [
      { id, phone_hash: w.ctx.phoneHash(CANARY.phone_number), contact_ids: [contact_id], erased_at: NOON },
    ];
    expect(readLedger(text)).toEqual(expected);
    expect(await ledgerOf(w.db)).toEqual(expected);
    expect(() => readLedger('{"id":1}\n')).toThrow('line 1');
  });
});

it('the data of a person are everything that is held', async () => {
  const { contact_id } = await aPerson(w);
  await aPerson(w);
  const data = await personData(w.ctx, { contact_id, actor: admin });
  const text = JSON.stringify(data);
  for (const value of Object.values(CANARY)) expect(text).toContain(value);
  expect(data.contacts).toHaveLength(2);
  expect(data.emails).toHaveLength(2);
  expect(data.survey_events).toHaveLength(2);
});
