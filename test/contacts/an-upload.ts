import { type ContactUpload, importContacts } from '../../app/contacts/import/import-contacts.ts';
import type { CampaignWorld } from '../campaigns/a-campaign.ts';

/** The bytes in pieces, as a socket would hand them over. */
export async function* inPieces(bytes: Buffer, size = 64 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Imports a file into a campaign as a manager would. */
export function upload(
  w: CampaignWorld,
  campaign_id: string,
  file: string | Buffer,
  options: Partial<ContactUpload> & { piece?: number } = {},
) {
  const { piece, ...rest } = options;
  return importContacts(w.ctx, {
    campaign_id,
    file: inPieces(Buffer.from(file), piece),
    file_name: 'contacts.csv',
    delimiter: 'auto',
    default_country: null,
    actor: w.actor,
    ...rest,
  });
}

/** What the campaign holds afterwards, by number. */
export async function contactsOf(w: CampaignWorld, campaign_id: string) {
  return w.db
    .selectFrom('contact')
    .selectAll()
    .where('campaign_id', '=', campaign_id)
    .orderBy('phone_number')
    .execute();
}
