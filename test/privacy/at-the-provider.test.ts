import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteAtProvider } from '../../app/privacy/delete-at-provider.ts';
import { eraseContact } from '../../app/privacy/erase-contact.ts';
import { findErasure } from '../../app/privacy/find-erasures.ts';
import { ALWAYS, type CarrierWorld, carrierWorld } from '../calling/carrier-world.ts';

let w: CarrierWorld;
beforeAll(async () => {
  w = await carrierWorld();
});
afterAll(() => w.close());

it('an erased person’s calls and recordings are gone on the wire, and the certificate says so', async () => {
  const campaign = await w.campaign(ALWAYS);
  const contacts = await w.contacts(campaign, 2);
  await w.runToTheEnd(campaign);
  const attempts = await w.db.selectFrom('call_attempt').selectAll().orderBy('contact_id').execute();
  const [erased, kept] = contacts.map(
    (id) => attempts.find((one) => one.contact_id === id)!.provider_call_id!,
  );
  const recording = `${w.carrier.url}/recordings/${erased}/RE${'0'.repeat(32)}`;
  expect((await fetch(recording, { method: 'PUT' })).status).toBe(204);

  const { id: user_id } = await w.db.selectFrom('user').select('id').executeTakeFirstOrThrow();
  const actor = { user_id, role: 'admin' as const, email: 'a@example.com', name: 'A', session_id: null };
  const ctx = { ...w.ctx, config: { erasure_ledger_file: null } };
  const id = await eraseContact(ctx, { contact_id: contacts[0]!, actor });
  expect(await deleteAtProvider(w.ctx)).toBe(2);
  expect(await findErasure(w.db, id)).toMatchObject({ status: 'completed' });

  const provider = await w.ctx.provider();
  expect(await provider.getCall(erased!)).toBeNull();
  expect(await provider.getCall(kept!)).not.toBeNull();
  // What is gone is gone: asking once more is no fault.
  await provider.eraseCopy!({ provider_call_id: erased!, copy: 'recording' });
  await provider.eraseCopy!({ provider_call_id: erased!, copy: 'call' });
});
