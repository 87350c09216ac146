import { AppError } from '../errors.ts';
import type { Db } from '../infra/db/database.ts';

const COLUMNS = [
  'id',
  'email',
  'name',
  'role',
  'role_source',
  'disabled_at',
  'created_at',
  'updated_at',
] as const;

/** A page of the accounts, by name. */
export async function listUsers(db: Db, { page, page_size }: { page: number; page_size: number }) {
  const items = await db
    .selectFrom('user')
    .select(COLUMNS)
    .orderBy('name')
    .orderBy('id')
    .limit(page_size)
    .offset((page - 1) * page_size)
    .execute();
  const { total } = await db
    .selectFrom('user')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items, total };
}

/** One account, or `resource.not_found`. */
export async function findUser(db: Db, id: string) {
  const user = await db.selectFrom('user').select(COLUMNS).where('id', '=', id).executeTakeFirst();
  if (!user) throw new AppError('resource.not_found', 'There is no such user.');
  return user;
}
