import type { Role } from '../auth/user.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import { CONTACT_COLUMNS, contactAnswer, type ShownContact } from './contact-answer.ts';
import { type Order, orderOf, type Position, pageAt, pageBeside } from './contact-pages.ts';
import { COUNTED_TO, type ContactFilter, countContacts } from './count-contacts.ts';

export const CONTACT_SORTS = ['last_attempt_at', 'next_attempt_at', 'attempts_count', 'created_at'] as const;

export type ContactQuery = Omit<ContactFilter, 'may_search_parts'> & {
  sort: string;
  page: number;
  page_size: number;
  /** From an earlier answer; goes before `page`. */
  cursor?: string | undefined;
  role: Role;
};

/**
 * One page of a campaign's contacts, masked for viewers: by cursor in the same time at any depth, or by number. `total`
 * is exact up to ten thousand and wherever the counters know it, else `total_is_estimate`.
 */
export async function listContacts(db: Db, query: ContactQuery) {
  const { sort, page, page_size, cursor, role } = query;
  // Parts of a number would tell, digit by digit, what a viewer's masked number hides.
  const filter: ContactFilter = { ...query, may_search_parts: role !== 'viewer' };
  const order = orderOf(sort);
  const from = cursor ? readCursor(cursor, sort) : null;
  const counted = await countContacts(db, filter);
  const { state, outcome, disposition, q } = query;
  const isFiltered = [state, outcome, disposition, q].some((one) => one !== undefined);
  const sought = { ...filter, is_narrow: isFiltered && counted.total <= COUNTED_TO };
  // One more than asked for tells whether there is more.
  const found = from
    ? await pageBeside(db, sought, order, { ...from, page_size: page_size + 1 })
    : await pageAt(db, sought, order, { offset: (page - 1) * page_size, page_size: page_size + 1 });
  const isBack = from !== null && 'before' in from;
  const hasMore = found.length > page_size;
  const ids = isBack && hasMore ? found.slice(1) : found.slice(0, page_size);
  const items = await readContacts(db, ids);
  const hasNext = isBack || hasMore;
  const hasPrevious = isBack ? hasMore : from !== null || page > 1;
  return {
    items: items.map((item) => contactAnswer(item, role)),
    ...counted,
    ...cursorsOf(items, order, sort, { hasNext, hasPrevious }),
  };
}

async function readContacts(db: Db, ids: readonly string[]): Promise<ShownContact[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('contact').select(CONTACT_COLUMNS).where('id', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type Cursor = { after: Position } | { before: Position };

/** Where the next and the previous page begin, where there is one. */
function cursorsOf(
  items: readonly ShownContact[],
  { column }: Order,
  sort: string,
  { hasNext, hasPrevious }: { hasNext: boolean; hasPrevious: boolean },
) {
  const positionOf = (item: ShownContact): Position => ({ value: item[column], id: item.id });
  const write = (cursor: Cursor) => Buffer.from(JSON.stringify({ sort, ...cursor })).toString('base64url');
  const [first, last] = [items[0], items.at(-1)];
  return {
    next_cursor: last && hasNext ? write({ after: positionOf(last) }) : null,
    prev_cursor: first && hasPrevious ? write({ before: positionOf(first) }) : null,
  };
}

function readCursor(text: string, sort: string): Cursor {
  const fault = (cause?: unknown) =>
    new AppError('request.invalid', 'This cursor belongs to no list like this one.', {
      cause,
      italian: 'Questo cursore non appartiene a un elenco come questo.',
      errors: [{ field: 'cursor', message: 'is not from an answer with the same sort' }],
    });
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor & { sort: string };
    const position = 'after' in cursor ? cursor.after : cursor.before;
    if (cursor.sort !== sort || !isPosition(position)) throw fault();
    return cursor;
  } catch (error) {
    throw error instanceof AppError ? error : fault(error);
  }
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isPosition(position: unknown): position is Position {
  const { value, id } = (position ?? {}) as Position;
  const isValue = value === null || typeof value === 'number' || !Number.isNaN(Date.parse(String(value)));
  return typeof id === 'string' && ID.test(id) && isValue;
}
