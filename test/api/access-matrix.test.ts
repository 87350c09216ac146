import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireAccess } from '../../app/api/http/require-access.ts';
import { routes } from '../../app/api/http/routes.ts';
import { type Account, startApi, type TestApi } from '../support/api.ts';

type Least = 'anyone' | 'provider' | 'signed_in' | 'viewer' | 'manager' | 'admin';

/**
 * Who may call what, written down by hand from the contract and not read from the routes: the least role that is let
 * in, and what an empty request about nothing that exists is answered then.
 */
const MATRIX: Record<string, [Least, number]> = {
  'GET /api/auth/login': ['anyone', 302],
  'GET /api/auth/callback': ['anyone', 403],
  'POST /api/auth/backchannel-logout': ['anyone', 400],
  'POST /api/auth/logout': ['signed_in', 200],
  'GET /api/auth/me': ['signed_in', 200],
  'GET /api/auth/sessions': ['signed_in', 200],
  'DELETE /api/auth/sessions/:id': ['signed_in', 404],
  'GET /api/campaigns': ['viewer', 200],
  'GET /api/campaigns/:id': ['viewer', 404],
  'GET /api/campaigns/:id/readiness': ['viewer', 404],
  'POST /api/campaigns': ['manager', 422],
  'PUT /api/campaigns/:id': ['manager', 404],
  'DELETE /api/campaigns/:id': ['manager', 404],
  'POST /api/campaigns/:id/duplicate': ['manager', 404],
  'POST /api/campaigns/:id/activate': ['manager', 404],
  'POST /api/campaigns/:id/approve': ['admin', 404],
  'POST /api/campaigns/:id/rehearsals': ['manager', 404],
  'GET /api/campaigns/:id/rehearsals': ['viewer', 404],
  'GET /api/rehearsals/:id': ['manager', 404],
  'POST /api/rehearsals/:id/turns': ['manager', 404],
  'POST /api/campaigns/:id/trial-runs': ['manager', 404],
  'GET /api/campaigns/:id/trial-runs': ['viewer', 404],
  'GET /api/trial-runs/:id': ['viewer', 404],
  'GET /api/script-templates': ['viewer', 200],
  'GET /api/campaign-defaults': ['manager', 200],
  'POST /api/script-preview': ['manager', 422],
  'POST /api/campaigns/:id/unschedule': ['manager', 404],
  'POST /api/campaigns/:id/pause': ['manager', 404],
  'POST /api/campaigns/:id/resume': ['manager', 404],
  'POST /api/campaigns/:id/cancel': ['manager', 404],
  'POST /api/campaigns/:id/contacts/upload': ['manager', 404],
  'GET /api/campaigns/:id/imports': ['manager', 404],
  'GET /api/imports/:import_id': ['manager', 404],
  'GET /api/imports/:import_id/errors.csv': ['manager', 404],
  'GET /api/campaigns/:id/contacts': ['viewer', 404],
  'GET /api/campaigns/:id/contacts/:contact_id': ['viewer', 404],
  'GET /api/campaigns/:id/contacts/:contact_id/eligibility': ['viewer', 404],
  'GET /api/contacts/search': ['admin', 422],
  'GET /api/contacts/:id/data': ['admin', 404],
  'PATCH /api/contacts/:id': ['admin', 404],
  'DELETE /api/contacts/:id': ['admin', 404],
  'PUT /api/contacts/:id/legal-hold': ['admin', 404],
  'GET /api/admin/erasures': ['admin', 200],
  'GET /api/admin/jurisdictions': ['admin', 200],
  'PUT /api/admin/jurisdictions/:country': ['admin', 404],
  'POST /api/admin/jurisdictions/:country/register-check': ['admin', 404],
  'GET /api/admin/retention': ['admin', 200],
  'GET /api/admin/erasures/:id': ['admin', 404],
  'GET /api/exclusions': ['manager', 200],
  'POST /api/exclusions': ['manager', 422],
  'POST /api/exclusions/upload': ['manager', 415],
  'DELETE /api/exclusions/:id': ['admin', 404],
  'GET /api/campaigns/:id/stats': ['viewer', 404],
  'GET /api/campaigns/:id/stream': ['viewer', 404],
  'GET /api/campaigns/:id/codebook': ['manager', 404],
  'GET /api/campaigns/:id/export': ['manager', 404],
  'GET /api/campaigns/:id/exports': ['viewer', 404],
  'GET /api/calls/:call_id': ['viewer', 404],
  'GET /api/admin/email-templates': ['admin', 200],
  'POST /api/admin/email-templates': ['admin', 422],
  'POST /api/admin/email-templates/preview': ['admin', 422],
  'GET /api/admin/email-templates/:id': ['admin', 404],
  'PUT /api/admin/email-templates/:id': ['admin', 404],
  'DELETE /api/admin/email-templates/:id': ['admin', 404],
  'POST /api/admin/email-templates/:id/preview': ['admin', 404],
  'POST /api/admin/email-templates/:id/test': ['admin', 404],
  'GET /api/admin/email-notifications': ['admin', 200],
  'GET /unsubscribe/:token': ['anyone', 404],
  'POST /unsubscribe/:token': ['anyone', 404],
  'GET /api/admin/webhooks': ['admin', 200],
  'POST /api/admin/webhooks': ['admin', 422],
  'GET /api/admin/webhooks/:id': ['admin', 404],
  'PUT /api/admin/webhooks/:id': ['admin', 404],
  'DELETE /api/admin/webhooks/:id': ['admin', 404],
  'GET /api/admin/webhooks/:id/deliveries': ['admin', 404],
  'POST /api/admin/webhooks/:id/replay': ['admin', 404],
  'GET /api/admin/config': ['admin', 200],
  'GET /api/admin/config/options': ['admin', 200],
  'GET /api/admin/config/versions': ['admin', 200],
  'POST /api/admin/audit-log/verify': ['admin', 200],
  'GET /api/admin/legal-holds': ['admin', 200],
  'POST /api/admin/config/test': ['admin', 422],
  'PUT /api/admin/config': ['admin', 200],
  'GET /api/admin/users': ['admin', 200],
  'PUT /api/admin/users/:id': ['admin', 404],
  'GET /api/admin/audit-log': ['admin', 200],
  'POST /webhooks/telephony/events': ['provider', 403],
  'POST /webhooks/telephony/:provider_name/events': ['provider', 403],
  'POST /webhooks/telephony/answer': ['provider', 403],
  'POST /webhooks/telephony/ended': ['provider', 403],
  'GET /health/live': ['anyone', 200],
  'GET /health/ready': ['anyone', 200],
  'GET /metrics': ['anyone', 200],
};

const ACCOUNTS = [null, 'guest', 'viewer', 'manager', 'admin'] as const;
const RANK = { guest: 0, viewer: 1, manager: 2, admin: 3 } as const;

function expected([least, inside]: [Least, number], account: Account | null): number {
  if (least === 'anyone' || least === 'provider') return inside;
  if (account === null) return 401;
  return least === 'signed_in' || RANK[account] >= RANK[least] ? inside : 403;
}

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const name = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

describe('the matrix', () => {
  it('names every route, and no other', () => {
    expect(Object.keys(MATRIX).sort()).toEqual(routes.map(name).sort());
  });

  const cells = Object.entries(MATRIX).flatMap(([label, cell]) =>
    ACCOUNTS.map((account) => ({ label, account, status: expected(cell, account) })),
  );
  it.each(cells)('$label for $account is $status', async ({ label, account, status }) => {
    const [method = '', path = ''] = label.split(' ');
    const url = path.replaceAll(/:\w+/g, randomUUID());
    const answer = await api.call(account, method, url, method === 'GET' ? undefined : {});
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
    if (status < 400 || path.startsWith('/unsubscribe/')) return; // people read that one
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({
      status,
      code: expect.any(String),
      request_id: answer.headers.get('x-request-id'),
    });
    expect(JSON.stringify(problem)).not.toMatch(/select |insert |at .*\.ts|node_modules/);
  });
});

describe('a route that does not say who may call it', () => {
  it('does not start, wherever it is declared', () => {
    const app = fastify();
    requireAccess(app);
    app.get('/anything.js', async () => 'a file');
    expect(() => app.get('/api/open', async () => 'oops')).toThrow(
      'GET /api/open does not say who may call it',
    );
    expect(() => app.post('/webhooks/x', async () => 'oops')).toThrow('does not say');
    app.get('/api/said', { config: { access: 'public' } }, async () => 'well');
  });
});
