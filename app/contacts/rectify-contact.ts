import { appendAudit, changesBetween } from '../audit/append-audit.ts';
import { keyedValue } from '../audit/keyed-value.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db, Tx } from '../infra/db/database.ts';
import type { Contact, PreferredLanguage } from './contact.ts';
import { CONTACT_COLUMNS, type ShownContact } from './contact-answer.ts';
import { excludeNumber } from './exclusions/exclude-number.ts';
import { isExcluded } from './exclusions/is-excluded.ts';
import { zoneSetIds } from './import/zone-set-ids.ts';
import { lockNumber } from './lock-number.ts';
import { moveContact } from './move-contact.ts';
import { timeZonesOfNumber } from './time-zone.ts';

export type Rectification = {
  /** E.164 with its country, as `readPhone` gives them. */
  phone?: { phone_number: string; country: string } | undefined;
  email?: string | null | undefined;
  external_contact_id?: string | null | undefined;
  preferred_language?: PreferredLanguage | undefined;
  has_prior_consent?: boolean | undefined;
  /** Only to yes: who is excluded does not come back by a rectification. */
  do_not_call?: true | undefined;
};

type Ctx = { db: Db; now(): Date; phoneHash(phone_number: string): Buffer };

/**
 * Corrects what is held of a contact, for the person it is about (GDPR art. 16); audited, personal values by their keyed
 * hash. A new number brings its time zone, and is asked of the exclusion list; not while the contact is in a call.
 */
export async function rectifyContact(
  ctx: Ctx,
  input: { contact_id: string; values: Rectification; actor: Actor },
): Promise<ShownContact> {
  const { contact_id, values, actor } = input;
  requireRole(actor, ADMINS);
  const zones = values.phone && (await zonesOf(ctx.db, values.phone));
  return ctx.db.transaction().execute(async (tx) => {
    const now = ctx.now();
    const before = await lockContact(tx, contact_id, values);
    const { phone, do_not_call, ...plain } = values;
    const given = Object.entries({ ...plain, phone_number: phone?.phone_number, do_not_call });
    const changed = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    const isNewNumber = phone !== undefined && phone.phone_number !== before.phone_number;
    await tx
      .updateTable('contact')
      .set({ ...changed, ...(isNewNumber ? zones : {}), updated_at: now })
      .where('id', '=', contact_id)
      .execute();
    const after = { ...before, ...changed };
    await keepFromCalling(tx, ctx, after, { do_not_call: do_not_call === true, isNewNumber, now });
    const hashed = (row: Partial<Contact>) => auditable(ctx, row, Object.keys(changed));
    const changes = changesBetween(hashed(before), hashed(after));
    if (Object.keys(changes).length > 0) {
      const entry = { action: 'contact.rectified', entity: 'contact', entity_id: contact_id, changes };
      await appendAudit(tx, { at: now, user_id: actor.user_id, ...entry });
    }
    return tx
      .selectFrom('contact')
      .select(CONTACT_COLUMNS)
      .where('id', '=', contact_id)
      .executeTakeFirstOrThrow();
  });
}

/** The number's lock before the row's, as everywhere; nobody's number changes while it rings. */
async function lockContact(tx: Tx, contact_id: string, { phone }: Rectification): Promise<Contact> {
  if (phone !== undefined) await lockNumber(tx, phone.phone_number);
  const contact = await tx
    .selectFrom('contact')
    .selectAll()
    .where('id', '=', contact_id)
    .forUpdate()
    .executeTakeFirst();
  if (!contact) throw new AppError('resource.not_found', 'There is no such contact.');
  if (phone !== undefined && contact.state === 'in_progress') {
    throw new AppError('contact.in_call', 'This contact is in a call; try again when it is over.');
  }
  return contact as Contact;
}

async function zonesOf(db: Db, { phone_number, country }: NonNullable<Rectification['phone']>) {
  const time_zones = [...timeZonesOfNumber(phone_number)];
  const zone_set_id = await zoneSetIds(db).add({ country, time_zones });
  const time_zone_source = time_zones.length > 0 ? ('number' as const) : ('none' as const);
  return { time_zones, zone_set_id, time_zone_source };
}

type Keeping = { do_not_call: boolean; isNewNumber: boolean; now: Date };

async function keepFromCalling(tx: Tx, ctx: Ctx, contact: Contact, keeping: Keeping): Promise<void> {
  const { phone_number, campaign_id } = contact;
  if (phone_number === null) return;
  const phone_hash = ctx.phoneHash(phone_number);
  const { now } = keeping;
  if (keeping.do_not_call) {
    const entry = { phone_number, phone_hash, campaign_id, reason: 'do_not_call', source: 'import' as const };
    await excludeNumber(tx, { ...entry, now });
    return;
  }
  const isWaiting = contact.state === 'pending' || contact.not_reached_reason === 'attempts_used_up';
  if (!keeping.isNewNumber || !isWaiting || !(await isExcluded(tx, { phone_hash, campaign_id }))) return;
  const set = { excluded_reason: 'exclusion_list', next_attempt_at: null };
  await moveContact(tx, { contact_id: contact.id, to: 'excluded', now, set });
}

/** What the audit log may hold: of a number, an address or an id of theirs only that it changed. */
function auditable({ phoneHash }: Pick<Ctx, 'phoneHash'>, row: Record<string, unknown>, names: string[]) {
  return Object.fromEntries(
    names.map((name) => {
      const value = row[name];
      const isPersonal = PERSONAL.has(name) && typeof value === 'string';
      return [name, isPersonal ? keyedValue(phoneHash(value)) : value];
    }),
  );
}

const PERSONAL = new Set(['phone_number', 'email', 'external_contact_id']);
