import { z } from 'zod';
import type { OidcConfig } from './issuer.ts';
import type { Role } from './user.ts';

export type Identity = { issuer: string; sub: string; email: string; name: string; role: Role | null };

const claimsSchema = z.looseObject({
  iss: z.string(),
  sub: z.string(),
  email: z.string().min(3),
  name: z.string().optional(),
});
const ROLES: readonly string[] = ['admin', 'campaign_manager', 'viewer'] satisfies Role[];

/** Reads who somebody is from verified claims; null when they name no e-mail address. */
export function identityFrom(claims: unknown, config: OidcConfig): Identity | null {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return null;
  const { iss, sub, email, name } = parsed.data;
  const role = roleFrom(parsed.data[config.role_claim], config.role_map);
  return { issuer: iss, sub, email, name: name ?? email, role };
}

/** The highest role that any value of the claim stands for; a claim may be one value or a list of groups. */
export function roleFrom(claim: unknown, map: Record<string, Role>): Role | null {
  const values = (Array.isArray(claim) ? claim : [claim]).filter((value) => typeof value === 'string');
  const hasMap = Object.keys(map).length > 0;
  const roles = values.map((value) =>
    hasMap ? map[value] : ROLES.includes(value) ? (value as Role) : undefined,
  );
  return (['admin', 'campaign_manager', 'viewer'] as const).find((role) => roles.includes(role)) ?? null;
}
