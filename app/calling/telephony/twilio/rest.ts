import twilio from 'twilio';
import { agentsThroughProxy } from '../../../infra/config/proxy.ts';
import { type CallEvent, type FoundCall, ProviderError, type ProviderHealth } from '../provider.ts';
import { readFetchedCall } from './call-events.ts';
import { kindOfCode } from './error-codes.ts';

export type RestOptions = {
  account_sid: string;
  auth_token: string;
  /** A key of the account for requests, in place of its token; both or neither. */
  api_key_sid?: string | undefined;
  api_key_secret?: string | undefined;
  /** Twilio's REST API; another origin for a region or a private network. */
  base_url: string;
  timeout_ms?: number;
};

export type Client = ReturnType<typeof twilio>;

/** The official SDK without its retries: a placement is posted once. */
export function openClient(options: RestOptions): Client {
  const { account_sid, auth_token, api_key_sid, api_key_secret, base_url, timeout_ms = 10_000 } = options;
  const settings = { accountSid: account_sid, autoRetry: false, timeout: timeout_ms };
  const client =
    api_key_sid && api_key_secret
      ? twilio(api_key_sid, api_key_secret, settings)
      : twilio(account_sid, auth_token, settings);
  client.api.baseUrl = base_url;
  // The SDK takes a host of two names for a product and a region, and puts one together of its own.
  client.getHostname = (hostname: string) => hostname;
  const { axios } = client.httpClient as InstanceType<typeof twilio.RequestClient>;
  Object.assign(axios.defaults, agentsThroughProxy(timeout_ms));
  return client;
}

const INVALID_CALL_STATE = 21220;
/** Twilio's word for a resource that it does not have. */
export const NOT_FOUND = 20404;
const PAGE = 50;

/** Ends a call; one that is over, or that Twilio does not know, is over. */
export async function hangUp(client: Client, sid: string): Promise<'done' | 'already_ended'> {
  try {
    await client.calls(sid).update({ status: 'completed' });
    return 'done';
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === INVALID_CALL_STATE || code === NOT_FOUND) return 'already_ended';
    throw asProviderError(error);
  }
}

/** A call's present facts; null only when Twilio itself says that there is none: a proxy's 404 is not its word. */
export async function getCall(client: Client, sid: string): Promise<CallEvent[] | null> {
  try {
    const call = await client.calls(sid).fetch();
    if (call.sid !== sid || typeof call.status !== 'string') throw { code: 'not_a_call' };
    const { status, answeredBy, startTime, endTime } = call;
    return readFetchedCall({ sid, status, answeredBy, startTime, endTime, now: new Date() });
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_FOUND) return null;
    throw asProviderError(error);
  }
}

type Search = { to: string; from: string; created_after: Date; created_before: Date };

/** Not filtered by StartTime: a call that still waits in Twilio's queue has none. Reads pages until they are too old. */
export async function findCalls(client: Client, search: Search): Promise<FoundCall[]> {
  const { to, from, created_after, created_before } = search;
  // Twilio tells whole seconds: a call of this very second would else seem older than the interval.
  const after = Math.floor(created_after.getTime() / 1_000) * 1_000;
  const found: FoundCall[] = [];
  try {
    let page: Awaited<ReturnType<Client['calls']['page']>> | undefined = await client.calls.page({
      to,
      from,
      pageSize: PAGE,
    });
    while (page) {
      for (const { sid, dateCreated } of page.instances) {
        const at = dateCreated.getTime();
        if (at >= after && at <= created_before.getTime()) {
          found.push({ provider_call_id: sid, created_at: dateCreated });
        }
      }
      const oldest = page.instances.at(-1);
      if (!oldest || oldest.dateCreated.getTime() < after) break;
      page = (await page.nextPage()) as typeof page;
    }
    return found;
  } catch (error) {
    throw asProviderError(error);
  }
}

/** One call of the list proves address, region and credentials, and costs nothing. */
export async function askHealth(client: () => Client): Promise<ProviderHealth> {
  try {
    await client().calls.page({ pageSize: 1 });
    return { ok: true };
  } catch (error) {
    const { kind, error_code } = asProviderError(error);
    const what = kind === 'account' ? 'refuses our credentials' : 'gives no answer that counts';
    return { ok: false, detail: `Twilio ${what} (${error_code})` };
  }
}

/** What the SDK throws holds the whole request, the credentials among it: only the code goes on. */
export function asProviderError(error: unknown): ProviderError {
  const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown };
  if (typeof code === 'number') return new ProviderError('Twilio', kindOfCode(code), String(code));
  if (typeof status === 'number') {
    const kind = status === 401 || status === 403 ? 'account' : 'transient';
    return new ProviderError('Twilio', kind, `http_${status}`);
  }
  return new ProviderError('Twilio', 'transient', typeof code === 'string' ? code : 'not_understood');
}
