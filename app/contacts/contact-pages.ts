import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../infra/db/database.ts';
import { type ContactFilter, contactCondition } from './count-contacts.ts';

/** `is_narrow`: they are so few that all of them can be sorted. */
export type Sought = ContactFilter & { is_narrow: boolean };

type Column = 'last_attempt_at' | 'next_attempt_at' | 'attempts_count' | 'created_at';
export type Order = { column: Column; isDown: boolean };
/** A place in an order: the value that is sorted by, and the id where several contacts have it. */
export type Position = { value: Date | string | number | null; id: string };

/** `field` or `-field`; whoever has no value comes last either way. */
export function orderOf(sort: string): Order {
  return { column: sort.replace('-', '') as Column, isDown: sort.startsWith('-') };
}

const NULLABLE: readonly Column[] = ['last_attempt_at', 'next_attempt_at'];

// Each part is one range of one index: those with a value by value and id, then those without by id.
type Part = 'valued' | 'empty';
const partsOf = ({ column }: Order): Part[] => (NULLABLE.includes(column) ? ['valued', 'empty'] : ['valued']);

/** The ids of page `offset / page_size`: what lies before it is passed over in the index alone. */
export async function pageAt(
  db: Db,
  filter: Sought,
  order: Order,
  { offset, page_size }: { offset: number; page_size: number },
): Promise<string[]> {
  const ids: string[] = [];
  let skip = offset;
  for (const part of partsOf(order)) {
    const found = await readPart(db, filter, order, { part, offset: skip, limit: page_size - ids.length });
    ids.push(...found);
    if (ids.length === page_size) break;
    skip = found.length > 0 ? 0 : skip - (skip === 0 ? 0 : await sizeOf(db, filter, order, part));
  }
  return ids;
}

/** The ids that follow a place, or those right before it, in the list's own order. */
export async function pageBeside(
  db: Db,
  filter: Sought,
  order: Order,
  cursor: ({ after: Position } | { before: Position }) & { page_size: number },
): Promise<string[]> {
  const isBack = 'before' in cursor;
  const place = 'before' in cursor ? cursor.before : cursor.after;
  const parts = isBack ? partsOf(order).reverse() : partsOf(order);
  const start = place.value === null ? 'empty' : 'valued';
  const ids: string[] = [];
  for (const part of parts.slice(parts.indexOf(start))) {
    const limit = cursor.page_size - ids.length;
    if (limit === 0) break;
    ids.push(
      ...(await readPart(db, filter, order, { part, place: part === start ? place : null, isBack, limit })),
    );
  }
  return isBack ? ids.reverse() : ids;
}

type Range = { part: Part; place?: Position | null; isBack?: boolean; offset?: number; limit: number };

async function readPart(db: Db, filter: Sought, order: Order, range: Range): Promise<string[]> {
  const { part, place = null, isBack = false, offset = 0, limit } = range;
  const column = sql.ref(order.column);
  const isDown = order.isDown !== isBack;
  const direction = isDown ? sql`desc` : sql`asc`;
  const beyond = isDown ? sql`<` : sql`>`;
  const isBeyond =
    place === null
      ? sql`true`
      : part === 'valued'
        ? sql`(${column}, id) ${beyond} (${place.value}, ${place.id}::uuid)`
        : sql`id ${beyond} ${place.id}::uuid`;
  const sorted = part === 'valued' ? sql`${column} ${direction}, id ${direction}` : sql`id ${direction}`;
  const { rows } = await sql<{ id: string }>`
    ${filter.is_narrow ? narrowed(filter, order) : sql``}
    select id from ${filter.is_narrow ? sql`narrow` : sql`contact`}
    where ${filter.is_narrow ? sql`true` : contactCondition(filter)} and ${isIn(order, part)} and ${isBeyond}
    order by ${sorted} limit ${limit} offset ${offset}`.execute(db);
  return rows.map(({ id }) => id);
}

// Found by their own index before they are sorted: for the first page of a few among a million, the planner would walk the
// whole list in its order, hoping to meet them soon.
function narrowed(filter: ContactFilter, { column }: Order): RawBuilder<unknown> {
  return sql`with narrow as materialized (
    select id, ${sql.ref(column)} from contact where ${contactCondition(filter)})`;
}

function isIn({ column }: Order, part: Part): RawBuilder<unknown> {
  if (!NULLABLE.includes(column)) return sql`true`;
  return part === 'valued' ? sql`${sql.ref(column)} is not null` : sql`${sql.ref(column)} is null`;
}

async function sizeOf(db: Db, filter: ContactFilter, order: Order, part: Part): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select count(*) as size from contact where ${contactCondition(filter)} and ${isIn(order, part)}`.execute(
    db,
  );
  return rows[0]!.size;
}
