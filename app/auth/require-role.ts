import { AppError } from '../errors.ts';
import type { Role } from './user.ts';

/**
 * A verb's own look at who acts. The door has checked already; a verb that is reached by another way checks all the
 * same. Throws `auth.forbidden`.
 */
export function requireRole(actor: { role: Role | null }, allowed: readonly Role[]): void {
  if (actor.role === null || !allowed.includes(actor.role)) {
    throw new AppError('auth.forbidden', 'This account may not do that.');
  }
}
