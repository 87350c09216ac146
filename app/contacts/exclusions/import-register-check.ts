import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import { loadJurisdictions } from '../../campaigns/jurisdictions/load-jurisdictions.ts';
import { updateJurisdiction } from '../../campaigns/jurisdictions/update-jurisdiction.ts';
import { AppError } from '../../errors.ts';
import { isCountry } from '../phone.ts';
import { importExclusions } from './import-exclusions.ts';

type Given = Parameters<typeof importExclusions>;
type Check = Omit<Given[1], 'default_country' | 'actor'> & {
  country: string;
  file_name: string;
  reason: string;
  actor: Actor;
};

/**
 * Takes what a country's register of objections said: the file's numbers go on the exclusion list, and the profile says
 * when and with which file the register was asked. One number that cannot be read may be one that objected, so a file with
 * such a row is taken but does not count as the check. A file of a header alone says that nobody objected.
 */
export async function importRegisterCheck(ctx: Given[0], { country, file_name, reason, ...upload }: Check) {
  requireRole(upload.actor, ADMINS);
  const profile = (await loadJurisdictions(ctx.db)).get(country);
  if (!profile) throw new AppError('resource.not_found', 'There is no such country.');
  if (profile.register_name === null) {
    throw new AppError('request.invalid', 'This country’s profile names no register.', {
      italian: 'Il profilo di questo Paese non indica alcun registro.',
      errors: [{ field: 'register_name', message: 'is not set' }],
    });
  }
  const default_country = isCountry(country) ? country : null;
  const taken = await importExclusions(ctx, { ...upload, default_country });
  if (taken.rejected_count > 0) return { ...taken, register_checked_at: profile.register_checked_at };
  const { register_checked_at } = await updateJurisdiction(ctx.db, {
    country,
    input: { register_checked_at: ctx.now(), register_file_name: file_name.slice(0, 400), reason },
    actor: upload.actor,
    now: ctx.now(),
  });
  return { ...taken, register_checked_at };
}
