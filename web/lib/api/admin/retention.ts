import { api } from '../client.ts';
import type { Answer } from '../model.ts';

export type Retention = Answer<'/api/admin/retention', 'get'>;
export type RetentionClass = Retention['classes'][number]['class'];

/** What was deleted because its time was over, and what is due. */
export function useRetention() {
  return api.useQuery('get', '/api/admin/retention', {}, { refetchInterval: 30_000 });
}
