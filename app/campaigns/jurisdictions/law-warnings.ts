import type { Db } from '../../infra/db/database.ts';
import { isRegisterStale } from './jurisdiction.ts';
import { loadJurisdictions } from './load-jurisdictions.ts';

/** Countries, by their code, whose profile an installation that calls people should look at again. */
export type LawWarnings = {
  /** Their profile only advises: what the law would refuse is dialled. */
  advising: string[];
  /** Their register of objections was not asked recently enough. */
  stale: string[];
};

export async function lawWarnings(db: Db, now: Date): Promise<LawWarnings> {
  const profiles = [...(await loadJurisdictions(db)).values()];
  return {
    advising: profiles.filter(({ mode }) => mode === 'advise').map(({ country }) => country),
    stale: profiles.filter((profile) => isRegisterStale(profile, now)).map(({ country }) => country),
  };
}
