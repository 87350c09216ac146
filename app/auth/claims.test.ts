import { describe, expect, it } from 'vitest';
import { claimAt, identityFrom, roleFrom } from './claims.ts';
import type { OidcConfig } from './issuer.ts';

const config = (role_claim: string, role_map = {}) => ({ role_claim, role_map }) as OidcConfig;

describe('the role', () => {
  it.each([
    ['the value itself where nothing is mapped', 'viewer', {}, 'viewer'],
    ['no value that is no role', 'king', {}, null],
    ['the highest of many groups', ['a', 'b', 'c'], { b: 'viewer', c: 'admin' }, 'admin'],
    ['nothing but what is mapped, where something is', 'admin', { staff: 'viewer' }, null],
    ['no inherited property of the map', 'constructor', { staff: 'viewer' }, null],
    ['no claim of another shape', { admin: true }, {}, null],
    ['no number in the list', [1, null, 'viewer'], {}, 'viewer'],
  ] as const)('is %s', (_name, claim, map, role) => {
    expect(roleFrom(claim, map)).toBe(role);
  });

  it.each([
    ['Keycloak', 'realm_access.roles', { realm_access: { roles: ['viewer'] } }],
    ['Auth0', 'https://surveys.example.org/roles', { 'https://surveys.example.org/roles': ['viewer'] }],
    ['Entra', 'groups', { groups: ['viewer'] }],
    ['Cognito', 'cognito:groups', { 'cognito:groups': ['viewer'] }],
  ])('is found where %s puts it', (_vendor, name, claims) => {
    expect(claimAt(claims, name)).toEqual(['viewer']);
  });

  it.each(['a.b.c', 'constructor', '__proto__', 'a.length'])('is not found at %s', (name) => {
    expect(claimAt({ a: { b: 'text' } }, name)).toBeUndefined();
  });

  it('is left open by claims that do not speak of it', () => {
    const claims = { iss: 'i', sub: 's' };
    expect(identityFrom(claims, config('role')).role).toBeUndefined();
    expect(identityFrom({ ...claims, role: null }, config('role')).role).toBeNull();
  });
});

describe('the name', () => {
  it.each([
    [{ name: 'Ada', email: 'ada@example.com' }, 'Ada', 'ada@example.com'],
    [{ name: ' ', email: 'ada@example.com' }, 'ada@example.com', 'ada@example.com'],
    [{ client_id: 'nightly-export' }, 'nightly-export', null],
    [{ email: ['a', 'b'] }, null, null],
  ])('of %j', (claims, name, email) => {
    expect(identityFrom({ iss: 'i', sub: 's', ...claims }, config('role'))).toMatchObject({ name, email });
  });
});
