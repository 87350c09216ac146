import { CAMPAIGNS } from '../../embedded/demo/campaigns.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Deployed } from './deployed.ts';

export type Callee = { phone_number: string; email?: string };

type Template = { id: string; type: string; locale: string; is_default: boolean };

/** An Italian campaign with letters for every end, its list uploaded, running. */
export async function launch({ call }: Deployed, people: Callee[], more: object = {}): Promise<string> {
  const { items } = (await call('admin', 'GET', '/api/admin/email-templates?page_size=200')) as {
    items: Template[];
  };
  const templates = Object.fromEntries(
    ['completed', 'refused', 'not_reached'].map((type) => [
      `email_${type}_template_id`,
      items.find((one) => one.type === type && one.locale === 'it' && one.is_default)?.id ?? null,
    ]),
  );
  const input = { ...CAMPAIGNS.it, max_attempts: 1, ...templates, ...more };
  const { id } = (await call('manager', 'POST', '/api/campaigns', input)) as { id: string };
  const rows = people.map(({ phone_number, email = '' }) => `${phone_number},${email}`);
  const form = new FormData();
  form.set('file', new Blob([['phone_number,email', ...rows].join('\n')]), 'contacts.csv');
  await call('manager', 'POST', `/api/campaigns/${id}/contacts/upload`, form);
  await call('manager', 'POST', `/api/campaigns/${id}/activate`, {});
  return id;
}

/** Resolves when everybody was called and every letter that follows was handled. */
export async function settled({ db }: Deployed, campaign_id: string): Promise<void> {
  await waitFor(
    'the campaign being complete',
    async () => {
      const { status } = await db
        .selectFrom('campaign')
        .select('status')
        .where('id', '=', campaign_id)
        .executeTakeFirstOrThrow();
      return status === 'completed';
    },
    240_000,
  );
  await waitFor('every letter being handled', async () => {
    const ends = await db
      .selectFrom('event')
      .leftJoin('email_notification as n', 'n.event_id', 'event.id')
      .select('n.status')
      .where('event.campaign_id', '=', campaign_id)
      .execute();
    return (
      ends.length > 0 &&
      ends.every(({ status }) => status !== null && !['pending', 'sending'].includes(status))
    );
  });
}
