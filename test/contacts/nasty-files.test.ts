import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CampaignWorld, campaignWorld } from '../campaigns/a-campaign.ts';
import { contactsOf, upload } from './an-upload.ts';
import { CELLS } from './nasty/cells.ts';
import { FORM } from './nasty/form.ts';
import { HEADERS } from './nasty/headers.ts';
import { NO_TEXT } from './nasty/no-text.ts';
import { NUMBERS } from './nasty/numbers.ts';

let w: CampaignWorld;
beforeAll(async () => {
  w = await campaignWorld();
});
afterAll(() => w.close());

describe('a file with', () => {
  it.each([...FORM, ...HEADERS, ...NUMBERS, ...CELLS, ...NO_TEXT])(
    '$name',
    async ({ bytes, options, expected }) => {
      const { id } = await w.create();
      // In pieces of a size that cuts characters, line ends and quotes; large ones in fewer.
      const piece = bytes.length > 10_000 ? 4_099 : 7;
      const result = upload(w, id, bytes, { ...options, piece });
      if ('code' in expected) {
        await expect(result).rejects.toMatchObject({ code: expected.code });
        expect(await contactsOf(w, id)).toEqual([]);
        return;
      }
      const { first_errors, ...found } = await result;
      const { total_rows, accepted_count, rejected_count, duplicate_count, excluded_count } = found;
      const counts = [total_rows, accepted_count, rejected_count, duplicate_count, excluded_count];
      const faults = first_errors.map(({ line_number, field, code }) => `${line_number}:${field}:${code}`);
      expect({ counts, faults }).toEqual({ counts: expected.counts, faults: expected.faults ?? [] });
      const contacts = await contactsOf(w, id);
      expect(contacts).toHaveLength(accepted_count);
      if (expected.numbers) expect(contacts.map((one) => one.phone_number)).toEqual(expected.numbers);
    },
  );
});
