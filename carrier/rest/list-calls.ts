import type { Call } from '../call.ts';
import { callResource } from './call-resource.ts';

const DEFAULT_PAGE_SIZE = 50;
const LARGEST_PAGE_SIZE = 1_000;

/** The query of a list request; `StartTime<` and friends are parameter names of their own. */
export type ListQuery = Readonly<Record<string, string | undefined>>;

/** One page of calls, newest first, in the envelope of Twilio's 2010 API. */
export function listCalls(
  accountSid: string,
  newestFirst: readonly Call[],
  query: ListQuery,
): Record<string, unknown> {
  const matching = newestFirst.filter((call) => matches(call, query));
  const page = Math.max(0, Math.trunc(Number(query.Page ?? 0)) || 0);
  const pageSize = readPageSize(query.PageSize);
  const start = firstOfPage(matching, page * pageSize, query.PageToken);
  const calls = matching.slice(start, start + pageSize);
  const last = calls.at(-1);
  const uri = (number: number, token?: string) => pageUri(accountSid, query, number, pageSize, token);
  return {
    calls: calls.map((call) => callResource(accountSid, call)),
    end: start + Math.max(0, calls.length - 1),
    first_page_uri: uri(0),
    next_page_uri:
      last !== undefined && start + pageSize < matching.length ? uri(page + 1, `PA${last.sid}`) : null,
    page,
    page_size: pageSize,
    previous_page_uri: page === 0 ? null : uri(page - 1),
    start,
    uri: uri(page, query.PageToken),
  };
}

/** New calls arrive at the top while someone pages: the token says after which call this page begins. */
function firstOfPage(calls: readonly Call[], counted: number, token: string | undefined): number {
  if (token === undefined) return counted;
  const index = calls.findIndex((call) => `PA${call.sid}` === token);
  return index === -1 ? counted : index + 1;
}

function matches(call: Call, query: ListQuery): boolean {
  if (query.To && call.to !== query.To) return false;
  if (query.From && call.from !== query.From) return false;
  if (query.Status && call.status !== query.Status) return false;
  // No call of this network has a parent.
  if (query.ParentCallSid) return false;
  return (
    inTime(call.started_at, query.StartTime, query['StartTime<'], query['StartTime>']) &&
    inTime(call.ended_at, query.EndTime, query['EndTime<'], query['EndTime>'])
  );
}

/** Plain: on that day (UTC). With `<` and `>`: at or before, at or after; a bare date means its whole day. */
function inTime(moment: string | null, on?: string, before?: string, after?: string): boolean {
  if (!on && !before && !after) return true;
  if (moment === null) return false;
  const at = Date.parse(moment);
  if (on && moment.slice(0, 10) !== on.slice(0, 10)) return false;
  if (before && at > Date.parse(before.length === 10 ? `${before}T23:59:59.999Z` : before)) return false;
  return !(after && at < Date.parse(after));
}

function readPageSize(given: string | undefined): number {
  const size = Math.trunc(Number(given ?? DEFAULT_PAGE_SIZE)) || DEFAULT_PAGE_SIZE;
  return Math.min(Math.max(1, size), LARGEST_PAGE_SIZE);
}

function pageUri(
  accountSid: string,
  query: ListQuery,
  page: number,
  pageSize: number,
  token?: string,
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && !['Page', 'PageSize', 'PageToken'].includes(name)) params.set(name, value);
  }
  params.set('PageSize', String(pageSize));
  params.set('Page', String(page));
  if (token !== undefined) params.set('PageToken', token);
  return `/2010-04-01/Accounts/${accountSid}/Calls.json?${params}`;
}
