import { appendAudit } from '../audit/append-audit.ts';
import { keyedValue } from '../audit/keyed-value.ts';
import { requireRole } from '../auth/require-role.ts';
import { type Actor, ADMINS } from '../auth/user.ts';
import { CONTACT_COLUMNS } from '../contacts/contact-answer.ts';
import type { Db } from '../infra/db/database.ts';

type Ctx = { db: Db; now(): Date; phoneHash(phone_number: string): Buffer };
type Search = {
  phone_number: string | null;
  email: string | null;
  actor: Actor;
  page: number;
  page_size: number;
};

/**
 * A person's contacts in all campaigns, deleted ones too, by number (E.164), address, or both. Says besides whether the
 * number is on the exclusion list: of an erased person nothing else is left. Looking somebody up is audited, by hash.
 */
export async function findPerson(ctx: Ctx, search: Search) {
  const { phone_number, email, actor, page, page_size } = search;
  requireRole(actor, ADMINS);
  const found = ctx.db
    .selectFrom('contact')
    .innerJoin('campaign', 'campaign.id', 'contact.campaign_id')
    .leftJoin('legal_hold', 'legal_hold.contact_id', 'contact.id')
    .$if(phone_number !== null, (some) => some.where('phone_number', '=', phone_number))
    .$if(email !== null, (some) =>
      some.where((eb) => eb(eb.fn<string>('lower', ['contact.email']), '=', email!.toLowerCase())),
    );
  const items = await found
    .select(CONTACT_COLUMNS.map((column) => `contact.${column}` as const))
    .select(['campaign.name as campaign_name', 'campaign.status as campaign_status'])
    .select((eb) => eb('legal_hold.contact_id', 'is not', null).as('legal_hold'))
    .orderBy('contact.created_at', 'desc')
    .orderBy('contact.id')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const hashed = (value: string | null) => (value === null ? null : keyedValue(ctx.phoneHash(value)));
  await ctx.db.transaction().execute((tx) =>
    appendAudit(tx, {
      at: ctx.now(),
      user_id: actor.user_id,
      action: 'person.searched',
      entity: 'contact',
      entity_id: null,
      changes: {
        phone_number: { previous: null, new: hashed(phone_number) },
        email: { previous: null, new: hashed(email?.toLowerCase() ?? null) },
        found: { previous: null, new: total },
      },
    }),
  );
  const exclusions = phone_number === null ? [] : await listedAs(ctx, phone_number);
  return {
    items: items.map((item) => ({ ...item, legal_hold: Boolean(item.legal_hold) })),
    total,
    exclusions,
  };
}

/** What the list holds of a number, by its hash: also when the number itself was erased. */
function listedAs({ db, phoneHash }: Pick<Ctx, 'db' | 'phoneHash'>, phone_number: string) {
  return db
    .selectFrom('exclusion_list_entry')
    .select(['id', 'campaign_id', 'source', 'reason', 'created_at'])
    .where('phone_hash', '=', phoneHash(phone_number))
    .orderBy('created_at')
    .execute();
}
