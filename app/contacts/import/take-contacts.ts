import type { copyContacts, NewContact } from './copy-contacts.ts';
import type { LookUp } from './look-up-numbers.ts';
import { NumberSet } from './number-set.ts';
import type { RowContact } from './read-row.ts';
import type { zoneSetIds } from './zone-set-ids.ts';

type Copy = Pick<ReturnType<typeof copyContacts>, 'write'>;
type ZoneSets = ReturnType<typeof zoneSetIds>;

/**
 * Takes a file's good rows as they come: the first row of every number that the campaign does not have becomes a contact.
 * What is known of numbers stays a few bytes each, however long the file is.
 */
export function contactTaker(lookUp: LookUp, zoneSets: ZoneSets, copy: Copy) {
  const seen = new NumberSet();
  const doNotCall: number[] = [];
  const counts = { accepted: 0, excluded: 0 };
  return {
    counts,
    /** Numbers of "do not call" rows, digits alone, also of repeated ones. */
    doNotCall,
    take: async (rows: readonly RowContact[]): Promise<void> => {
      for (const row of rows) if (row.do_not_call) doNotCall.push(Number(row.phone_number.slice(1)));
      const first = rows.filter((row) => seen.add(row.phone_number));
      const looked = await lookUp(first.map((row) => row.phone_number));
      const fresh: NewContact[] = [];
      for (const [at, row] of first.entries()) {
        const { is_known, is_listed } = looked[at]!;
        if (is_known) continue;
        const excluded_reason = row.do_not_call ? 'do_not_call' : is_listed ? 'exclusion_list' : null;
        if (excluded_reason !== null) counts.excluded += 1;
        fresh.push({
          ...row,
          excluded_reason,
          zone_set_id: zoneSets.known(row) ?? (await zoneSets.add(row)),
        });
      }
      counts.accepted += fresh.length;
      await copy.write(fresh);
    },
  };
}
