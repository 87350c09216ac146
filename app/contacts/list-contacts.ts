import type { Role } from '../auth/user.ts';
import type { Db } from '../infra/db/database.ts';
import type { CallOutcome, ContactState } from '../infra/db/tables.ts';
import { CONTACT_COLUMNS, contactAnswer } from './contact-answer.ts';

export const CONTACT_SORTS = ['last_attempt_at', 'next_attempt_at', 'attempts_count', 'created_at'] as const;

export type ContactQuery = {
  campaign_id: string;
  state?: ContactState | undefined;
  outcome?: CallOutcome | undefined;
  /** Start of the external id, or start or last four and more digits of a number; a whole number only for a viewer. */
  q?: string | undefined;
  sort: string;
  page: number;
  page_size: number;
  role: Role;
};

/** One page of a campaign's contacts, masked for viewers. */
export async function listContacts(db: Db, query: ContactQuery) {
  const { campaign_id, state, outcome, q, sort, page, page_size, role } = query;
  const found = db
    .selectFrom('contact')
    .where('campaign_id', '=', campaign_id)
    .$if(state !== undefined, (some) => some.where('state', '=', state!))
    .$if(outcome !== undefined, (some) => some.where('last_outcome', '=', outcome!))
    .$if(q !== undefined, (some) => {
      const text = q!.replaceAll(/[\\%_]/g, '\\$&');
      const digits = q!.replaceAll(/[^\d]/g, '');
      return some.where((eb) =>
        eb.or([
          eb('external_contact_id', 'ilike', `${text}%`),
          // Parts of a number would tell, digit by digit, what a viewer's masked number hides.
          ...(role === 'viewer' ? [eb('phone_number', '=', `+${digits}`)] : []),
          ...(role !== 'viewer' && digits.length >= 4
            ? [eb('phone_number', 'like', `+${digits}%`), eb('phone_number', 'like', `%${digits}`)]
            : []),
        ]),
      );
    });
  const field = sort.replace('-', '') as (typeof CONTACT_SORTS)[number];
  const isDown = sort.startsWith('-');
  const [{ total }, items] = await Promise.all([
    found.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    found
      .select(CONTACT_COLUMNS)
      .orderBy(field, (order) => (isDown ? order.desc() : order.asc()).nullsLast())
      .orderBy('id')
      .limit(page_size)
      .offset((page - 1) * page_size)
      .execute(),
  ]);
  return { items: items.map((item) => contactAnswer(item, role)), total };
}
