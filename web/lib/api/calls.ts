import { LIVE_MS } from './campaigns.ts';
import { api } from './client.ts';

/** One call with everything that was said and understood; fetched again until it has an outcome. */
export function useCall(call_id: string) {
  return api.useQuery(
    'get',
    '/api/calls/{call_id}',
    { params: { path: { call_id } } },
    { refetchInterval: (query) => (query.state.data?.outcome ? false : LIVE_MS) },
  );
}
