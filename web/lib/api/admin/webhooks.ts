import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LIVE_MS } from '../campaigns.ts';
import { api, client } from '../client.ts';
import type { Answer } from '../model.ts';
import type { paths } from '../schema.gen.ts';

export type Webhook = Answer<'/api/admin/webhooks', 'get'>['items'][number];
export type EventType = Webhook['event_types'][number];
export type WebhookInput = NonNullable<
  paths['/api/admin/webhooks/{id}']['put']['requestBody']
>['content']['application/json'];
export type Delivery = Answer<'/api/admin/webhooks/{id}/deliveries', 'get'>['items'][number];
export type DeliveryStatus = Delivery['status'];
export type Replay = { event_ids?: string[]; from?: string; to?: string };

export const EVENT_TYPES = [
  'survey.completed',
  'survey.refused',
  'survey.not_reached',
] as const satisfies EventType[];
export const DELIVERY_STATUSES = [
  'pending',
  'sending',
  'delivered',
  'dead',
] as const satisfies DeliveryStatus[];

const at = (id: string) => ({ params: { path: { id } } });

/** The receivers of survey events. */
export function useWebhooks() {
  return api.useQuery(
    'get',
    '/api/admin/webhooks',
    { params: { query: { page_size: 200 } } },
    { refetchInterval: LIVE_MS },
  );
}

/** One receiver, kept fresh. */
export function useWebhook(id: string) {
  return api.useQuery('get', '/api/admin/webhooks/{id}', at(id), { refetchInterval: LIVE_MS });
}

/** What became of each event, kept fresh. */
export function useDeliveries(
  id: string,
  query: { status?: DeliveryStatus; page: number; page_size: number },
) {
  return api.useQuery(
    'get',
    '/api/admin/webhooks/{id}/deliveries',
    { params: { path: { id }, query } },
    { refetchInterval: LIVE_MS, placeholderData: (previous) => previous },
  );
}

/** Adds a receiver, or replaces the one with this id; the answer holds a new secret where one was made. */
export function useSaveWebhook(id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: WebhookInput) => {
      const { data } =
        id === null
          ? await client.POST('/api/admin/webhooks', { body })
          : await client.PUT('/api/admin/webhooks/{id}', { ...at(id), body });
      return data as Webhook;
    },
    onSuccess: () => queries.invalidateQueries(),
  });
}

/** Takes a receiver away. */
export function useDeleteWebhook(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await client.DELETE('/api/admin/webhooks/{id}', at(id));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/admin/webhooks'] }),
  });
}

/** Tells a receiver again; answers how many events. */
export function useReplay(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Replay) =>
      (await client.POST('/api/admin/webhooks/{id}/replay', { ...at(id), body })).data?.replayed ?? 0,
    onSuccess: () => queries.invalidateQueries(),
  });
}
