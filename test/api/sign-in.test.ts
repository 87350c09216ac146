import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** A browser without pages: follows redirects and keeps its cookies per origin. */
function browser() {
  const jar = new Map<string, Map<string, string>>();
  const get = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { origin } = new URL(url);
    const cookies = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string>), cookie };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  const follow = async (url: string): Promise<{ answer: Response; url: string; cookies: string[] }> => {
    const set: string[] = [];
    for (let hops = 0; hops < 15; hops += 1) {
      const answer = await get(url);
      set.push(...answer.headers.getSetCookie());
      const next = answer.headers.get('location');
      if (!next || !new URL(next, url).pathname.startsWith('/')) return { answer, url, cookies: set };
      url = new URL(next, url).href;
      if (url.startsWith(`${api.origin}/campaigns`)) return { answer, url, cookies: set };
    }
    throw new Error('too many redirects');
  };
  return { get, follow, jar };
}

const loginUrl = (return_to: string) =>
  `${api.origin}/api/auth/login?login_hint=manager@example.com&return_to=${encodeURIComponent(return_to)}`;

describe('signing in', () => {
  it('goes by redirects alone, comes back where it was wanted, and opens a session', async () => {
    const someone = browser();
    const { url, cookies } = await someone.follow(loginUrl('/campaigns?tab=mine'));
    expect(url).toBe(`${api.origin}/campaigns?tab=mine`);
    const session = cookies.find((line) => line.startsWith('vsa_session='));
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    const me = await someone.get(`${api.origin}/api/auth/me`);
    expect(await me.json()).toMatchObject({ email: 'manager@example.com', role: 'campaign_manager' });
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'never leads to %s',
    async (target) => {
      const someone = browser();
      const first = await someone.get(loginUrl(target));
      expect(first.status).toBe(302);
      const started = await api.db.selectFrom('sign_in').select('return_to').execute();
      expect(started.map((row) => row.return_to)).not.toContain(target);
    },
  );

  it('refuses a callback that this browser did not start, and one that is used twice', async () => {
    const victim = browser();
    const attacker = browser();
    const start = await attacker.get(loginUrl('/campaigns'));
    const state = new URL(start.headers.get('location')!).searchParams.get('state');
    const stolen = await victim.get(`${api.origin}/api/auth/callback?code=x&state=${state}`);
    expect(stolen.status).toBe(403);
    expect(await stolen.json()).toMatchObject({ code: 'auth.sign_in_failed' });
  });

  it('refuses a change that another site sends with the cookie', async () => {
    const someone = browser();
    await someone.follow(loginUrl('/campaigns'));
    const url = `${api.origin}/api/auth/logout`;
    const foreign = await someone.get(url, { method: 'POST', headers: { origin: 'https://evil.example' } });
    expect(await foreign.json()).toMatchObject({ code: 'auth.cross_site' });
    const own = await someone.get(url, { method: 'POST', headers: { origin: api.origin } });
    expect(own.status).toBe(200);
    const { redirect_to } = (await own.json()) as { redirect_to: string };
    const home = new URL(redirect_to).searchParams.get('post_logout_redirect_uri');
    expect([new URL(redirect_to).origin, home]).toEqual([api.ctx.config.oidc.issuer, api.origin]);
    const signedOut = await someone.follow(redirect_to);
    expect(signedOut.url).toBe(`${api.origin}/`);
    expect((await someone.get(`${api.origin}/api/auth/me`)).status).toBe(401);
  });

  it('ends here when it ends at the provider, by a signed message from server to server', async () => {
    const someone = browser();
    await someone.follow(loginUrl('/campaigns'));
    expect((await someone.get(`${api.origin}/api/auth/me`)).status).toBe(200);
    await someone.get(`${api.ctx.config.oidc.issuer}/session/end`);
    expect((await someone.get(`${api.origin}/api/auth/me`)).status).toBe(401);
    const actions = await api.db.selectFrom('audit_log_entry').select('action').execute();
    expect(actions).toContainEqual({ action: 'auth.session_ended_by_provider' });
  });

  it('that fails tells a person on the sign-in page, and a program by a problem document', async () => {
    const url = `${api.origin}/api/auth/callback?code=x&state=y`;
    const page = await browser().get(url, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect([page.status, page.headers.get('location')]).toEqual([
      302,
      '/sign-in?problem=auth.sign_in_failed',
    ]);
    const program = await browser().get(url);
    expect(await program.json()).toMatchObject({ status: 403, code: 'auth.sign_in_failed' });
  });

  it('refuses a token that is broken', async () => {
    const token = await api.token('admin');
    const broken = `${token.slice(0, -6)}AAAAAA`;
    const answer = await fetch(`${api.origin}/api/auth/me`, {
      headers: { authorization: `Bearer ${broken}` },
    });
    expect(answer.status).toBe(401);
  });

  it('gives an account without a role nothing but its own name', async () => {
    expect(await (await api.call('guest', 'GET', '/api/auth/me')).json()).toMatchObject({ role: null });
    const refused = await api.call('guest', 'GET', '/api/campaigns');
    expect(await refused.json()).toMatchObject({ status: 403, code: 'auth.no_role' });
  });
});
