import { setTimeout as delay } from 'node:timers/promises';
import { appendAudit } from '../audit/append-audit.ts';
import { keyedValue } from '../audit/keyed-value.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import type { CallPorts } from '../calling/ports.ts';
import { forgetNumber } from '../contacts/exclusions/forget-number.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import { newId } from '../infra/db/id.ts';
import { erasePerson } from './erase-person.ts';
import { writeLedger } from './ledger-file.ts';
import { personOf } from './person.ts';
import { refuseHeld } from './refuse-held.ts';

type Ctx = Pick<CallPorts, 'db' | 'log' | 'now' | 'phoneHash' | 'provider'> & {
  config: { erasure_ledger_file: string | null };
};

// A call that was hung up is reported ended within a second or two; erasing does not wait longer than this for it.
const LONGEST_WAIT_MS = 5_000;
const LOOK_EVERY_MS = 100;

/**
 * Erases the person behind a contact in all campaigns. A call that is live is hung up first. What lies with the provider
 * follows; the certificate shows when it is gone. Answers the certificate's id; 404, and 409 under legal hold.
 */
export async function eraseContact(
  ctx: Ctx,
  { contact_id, actor }: { contact_id: string; actor: Actor },
): Promise<string> {
  requireRole(actor, ADMINS);
  await endLiveCalls(ctx, contact_id);
  const erasure_id = newId();
  const entry = await ctx.db.transaction().execute(async (tx) => {
    const person = await personOf(tx, contact_id);
    const now = ctx.now();
    const phone_hash = person.phone_number === null ? null : ctx.phoneHash(person.phone_number);
    const { contact_ids } = person;
    const row = { id: erasure_id, phone_hash, contact_ids, erased_at: now };
    await tx
      .insertInto('erasure')
      .values({ ...row, erased_by_user_id: actor.user_id, stores: '[]' })
      .execute();
    const stores = await erasePerson(tx, { erasure_id, person, phone_hash, now });
    await tx
      .updateTable('erasure')
      .set({ stores: JSON.stringify(stores) })
      .where('id', '=', erasure_id)
      .execute();
    await audit(tx, { ...row, actor, contact_id });
    return row;
  });
  await writeLedger(ctx, entry);
  return erasure_id;
}

type Audited = { id: string; phone_hash: Buffer | null; contact_ids: string[]; erased_at: Date };

function audit(
  tx: Tx,
  {
    id,
    phone_hash,
    contact_ids,
    erased_at,
    actor,
    contact_id,
  }: Audited & { actor: Actor; contact_id: string },
) {
  return appendAudit(tx, {
    at: erased_at,
    user_id: actor.user_id,
    action: 'person.erased',
    entity: 'contact',
    entity_id: contact_id,
    changes: {
      phone_number: { previous: phone_hash && keyedValue(phone_hash), new: null },
      contact_ids: { previous: contact_ids, new: null },
      erasure_id: { previous: null, new: id },
    },
  });
}

/** Nobody dials the number any more from the first commit on; who is being talked to is hung up, and waited for. */
async function endLiveCalls(ctx: Ctx, contact_id: string): Promise<void> {
  const { phone_number, contact_ids } = await ctx.db.transaction().execute(async (tx) => {
    const person = await personOf(tx, contact_id);
    await refuseHeld(tx, person.contact_ids);
    if (person.phone_number !== null && (await liveCalls(tx, person.contact_ids)).length > 0) {
      await forgetNumber(tx, { phone_hash: ctx.phoneHash(person.phone_number), now: ctx.now() });
    }
    return person;
  });
  if (phone_number === null) return;
  const deadline = performance.now() + LONGEST_WAIT_MS;
  const hungUp = new Set<string>();
  for (;;) {
    const live = await liveCalls(ctx.db, contact_ids);
    if (live.length === 0 || performance.now() > deadline) return;
    for (const call of live) if (!hungUp.has(call.provider_call_id)) await hangUp(ctx, call, hungUp);
    await delay(LOOK_EVERY_MS);
  }
}

type LiveCall = { provider_name: string; provider_call_id: string };

async function liveCalls(db: Db, contact_ids: string[]): Promise<LiveCall[]> {
  const rows = await db
    .selectFrom('call_attempt')
    .select(['provider_name', 'provider_call_id'])
    .where('contact_id', 'in', contact_ids)
    .where('ended_at', 'is', null)
    .where('dial_state', '<>', 'reserved')
    .execute();
  return rows.map(({ provider_name, provider_call_id }) => ({
    provider_name,
    provider_call_id: provider_call_id ?? '',
  }));
}

async function hangUp({ provider, log }: Ctx, call: LiveCall, hungUp: Set<string>): Promise<void> {
  // One that is just being placed has no id yet; the next look finds it.
  if (call.provider_call_id === '') return;
  hungUp.add(call.provider_call_id);
  try {
    await (await provider(call.provider_name)).hangUp(call.provider_call_id);
  } catch (error) {
    log.error({ err: error }, 'the call of an erased person could not be hung up');
  }
}
