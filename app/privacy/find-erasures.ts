import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';
import type { Store } from './erase-person.ts';

export type Certificate = {
  id: string;
  erased_at: Date;
  erased_by: string | null;
  contact_ids: string[];
  reapplied_at: Date | null;
  status: 'pending' | 'completed';
  stores: (Omit<Store, 'result'> & { result: Store['result'] | 'pending' | 'cannot_delete' })[];
};

/** One certificate; 404 without. */
export async function findErasure(db: Db, id: string): Promise<Certificate> {
  const { items } = await listErasures(db, { id, page: 1, page_size: 1 });
  const found = items[0];
  if (!found) throw new AppError('resource.not_found', 'There is no such erasure.');
  return found;
}

/** The certificates, newest first: each store with its result, the provider's as it stands now. */
export async function listErasures(
  db: Db,
  { id, page, page_size }: { id?: string; page: number; page_size: number },
): Promise<{ items: Certificate[]; total: number }> {
  const found = db.selectFrom('erasure').$if(id !== undefined, (some) => some.where('erasure.id', '=', id!));
  const rows = await found
    .leftJoin('user', 'user.id', 'erased_by_user_id')
    .select(['erasure.id', 'erased_at', 'user.name as erased_by', 'contact_ids', 'reapplied_at', 'stores'])
    .orderBy('erased_at', 'desc')
    .orderBy('erasure.id')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await found
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const atProvider = await providerStores(
    db,
    rows.map((row) => row.id),
  );
  const items = rows.map((row) => {
    const own = row.stores as unknown as Certificate['stores'];
    const stores = [...own, ...(atProvider.get(row.id) ?? NO_CALLS)];
    const isPending = stores.some(({ result }) => result === 'pending');
    return { ...row, stores, status: isPending ? ('pending' as const) : ('completed' as const) };
  });
  return { items, total };
}

const NO_CALLS: Certificate['stores'] = [
  { store: 'provider_calls', result: 'none', count: 0 },
  { store: 'provider_recordings', result: 'none', count: 0 },
];

async function providerStores(db: Db, ids: string[]): Promise<Map<string, Certificate['stores']>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('provider_deletion')
    .select(['erasure_id', 'copy', (eb) => eb.fn.countAll<number>().as('count')])
    .select((eb) => eb.fn('bool_and', [eb('confirmed_at', 'is not', null)]).as('is_gone'))
    .select((eb) => eb.fn('bool_or', [eb('last_error', '=', 'cannot_delete')]).as('cannot'))
    .where('erasure_id', 'in', ids)
    .groupBy(['erasure_id', 'copy'])
    .orderBy('copy')
    .execute();
  const stores = new Map<string, Certificate['stores']>();
  for (const { erasure_id, copy, count, is_gone, cannot } of rows) {
    const result = is_gone ? 'erased' : cannot ? 'cannot_delete' : 'pending';
    stores.set(erasure_id!, [
      ...(stores.get(erasure_id!) ?? []),
      { store: `provider_${copy}s`, result, count },
    ]);
  }
  return stores;
}
