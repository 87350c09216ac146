import type { Account } from 'oidc-provider';

/** One person who can sign in. */
export type Person = { sub: string; email: string; name: string; role?: string; may: string };

/** One person for each role, and one without: so that what each may see can be tried in a click. */
export const PEOPLE: readonly Person[] = [
  {
    sub: '5f0c7a52-admin',
    email: 'admin@example.com',
    name: 'Ada Amministratrice',
    role: 'admin',
    may: 'everything, including providers, retention and the audit log',
  },
  {
    sub: '5f0c7a52-manager',
    email: 'manager@example.com',
    name: 'Marco Manager',
    role: 'campaign_manager',
    may: 'write, launch and export campaigns',
  },
  {
    sub: '5f0c7a52-viewer',
    email: 'viewer@example.com',
    name: 'Vera Viewer',
    role: 'viewer',
    may: 'look at campaigns and figures, with numbers and addresses masked',
  },
  {
    sub: '5f0c7a52-guest',
    email: 'guest@example.com',
    name: 'Gino Guest',
    may: 'sign in, and be told that there is no access',
  },
];

/** The person with this address, whatever its capitals. */
export function personByEmail(email: string): Person | undefined {
  return PEOPLE.find((person) => person.email === email.trim().toLowerCase());
}

/** The person as the provider's library wants an account; undefined for a stranger. */
export function findAccount(_ctx: unknown, sub: string): Account | undefined {
  const person = PEOPLE.find((candidate) => candidate.sub === sub);
  return person && { accountId: sub, claims: () => ({ sub, ...claimsOf(person) }) };
}

/** What tokens say about the person; no role, no claim. */
export function claimsOf({ email, name, role }: Person) {
  return { email, email_verified: true, name, ...(role ? { role } : {}) };
}
