import type { UserRole } from '../infra/db/tables.ts';

export type Role = UserRole;

/** Who asks: an account with a role. `session_id` is null for a program that came with a bearer token. */
export type Actor = { user_id: string; role: Role; email: string; name: string; session_id: string | null };

/** An account as its own session sees it; without a role it may only ask who it is. */
export type Account = Omit<Actor, 'role'> & { role: Role | null };

export const READERS: readonly Role[] = ['viewer', 'campaign_manager', 'admin'];
export const MANAGERS: readonly Role[] = ['campaign_manager', 'admin'];
export const ADMINS: readonly Role[] = ['admin'];
