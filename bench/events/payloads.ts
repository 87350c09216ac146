import { newId } from '../../app/infra/db/id.ts';

/** Survey events as they travel: the same load for every queue that is measured. */
export function payloads(count: number) {
  const campaign_id = newId();
  return Array.from({ length: count }, () => ({
    event_id: newId(),
    event_type: 'survey.refused',
    campaign_id,
    contact_id: newId(),
    call_id: null,
    timestamp: new Date().toISOString(),
    outcome: 'refused',
    attempts_count: 1,
  }));
}
