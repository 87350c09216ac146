import { ENTERED } from '../campaigns/a-campaign.ts';
import type { TestApi } from '../support/api.ts';

/** A new campaign with the people of a file; answers the campaign's id. */
export async function importPeople(api: TestApi, csv: string): Promise<string> {
  const created = await api.call('manager', 'POST', '/api/campaigns', ENTERED);
  const { id } = (await created.json()) as { id: string };
  const form = new FormData();
  form.append('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
  const uploaded = await api.call('manager', 'POST', `/api/campaigns/${id}/contacts/upload`, form);
  if (uploaded.status !== 200) throw new Error(await uploaded.text());
  return id;
}
