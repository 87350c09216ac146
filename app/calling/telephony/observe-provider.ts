import { providerErrors, providerSeconds } from '../../infra/observability/metrics.ts';
import { observedClient } from '../../infra/observability/observed.ts';
import { type PlaceCallResult, ProviderError, type TelephonyProvider } from './provider.ts';

/** The same provider with its requests timed, its failures counted by class, and a span each. */
export function observeProvider(provider: TelephonyProvider): TelephonyProvider {
  const { name } = provider;
  async function ask<T>(operation: string, call_id: string | null, request: () => Promise<T>): Promise<T> {
    const measure = providerSeconds.startTimer({ provider: name, operation });
    try {
      return await observedClient(`${name} ${operation}`, { call_id }, request);
    } catch (error) {
      const kind = error instanceof ProviderError ? error.kind : 'unexpected';
      providerErrors.inc({ provider: name, operation, class: kind });
      throw error;
    } finally {
      measure();
    }
  }
  return {
    ...provider,
    placeCall: async (call) => {
      const result = await ask('place_call', call.metadata.call_id, () => provider.placeCall(call));
      const failure = classOf(result);
      if (failure !== null) providerErrors.inc({ provider: name, operation: 'place_call', class: failure });
      return result;
    },
    hangUp: (id) => ask('hang_up', null, () => provider.hangUp(id)),
    getCall: (id) => ask('get_call', null, () => provider.getCall(id)),
    findCalls: (query) => ask('find_calls', null, () => provider.findCalls(query)),
  };
}

function classOf(result: PlaceCallResult): string | null {
  switch (result.kind) {
    case 'placed':
      return null;
    case 'rejected':
      return result.failure;
    case 'not_placed':
    case 'unknown':
      return result.kind;
    default:
      return result satisfies never;
  }
}
