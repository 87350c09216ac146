import { z } from 'zod';
import type { OidcConfig } from './issuer.ts';
import type { Role } from './user.ts';

/** Who somebody is by verified claims. `role` undefined: the claims do not speak of it at all. */
export type Identity = {
  issuer: string;
  sub: string;
  email: string | null;
  name: string | null;
  role: Role | null | undefined;
};

const text = z.string().trim().min(1).max(320).optional().catch(undefined);
const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255), // OpenID Connect Core §2: at most 255 characters
  email: text,
  name: text,
  client_id: text,
  azp: text,
});
const RANKED = ['admin', 'campaign_manager', 'viewer'] as const satisfies readonly Role[];

/** Reads who somebody is from verified claims; a program has no name, so its client stands for it. */
export function identityFrom(claims: unknown, config: OidcConfig): Identity {
  const parsed = claimsSchema.parse(claims);
  const { iss, sub, email = null, name, client_id, azp } = parsed;
  const claim = claimAt(parsed, config.role_claim);
  const role = claim === undefined ? undefined : roleFrom(claim, config.role_map);
  return { issuer: iss, sub, email, name: name ?? email ?? client_id ?? azp ?? null, role };
}

/** A claim by its name, which may be an address with dots, else by its path: `realm_access.roles`. */
export function claimAt(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split('.')
    .reduce<unknown>(
      (at, step) =>
        at !== null && typeof at === 'object' && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined,
      claims,
    );
}

/** The highest role that any value of the claim stands for; a claim may be one value or a list of groups. */
export function roleFrom(claim: unknown, map: Record<string, Role>): Role | null {
  const values = (Array.isArray(claim) ? claim : [claim]).filter((value) => typeof value === 'string');
  const hasMap = Object.keys(map).length > 0;
  const roleOf = (value: string) =>
    hasMap ? (Object.hasOwn(map, value) ? map[value] : undefined) : RANKED.find((role) => role === value);
  const roles = values.map(roleOf);
  return RANKED.find((role) => roles.includes(role)) ?? null;
}
