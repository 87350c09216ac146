import { expect, it } from 'vitest';
import { appSources } from './sources.ts';

// A verb that writes for a person looks at who it is, also when it is reached by another way than the guarded door.
const BY_ANOTHER = new Map([
  [
    'app/auth/revoke-session.ts',
    'anybody ends their own session; another’s is not found unless an administrator asks',
  ],
  ['app/campaigns/duplicate-campaign.ts', 'creates by createCampaign, which looks'],
  ['app/reporting/record-export.ts', 'called by exportCampaign, which looks'],
]);

it('every verb that acts for a person checks the role of its actor', () => {
  const acting = appSources().filter(({ file, text }) => {
    const isVerb = !file.startsWith('app/api/') && /\bactor\b/.test(text);
    return (
      isVerb && /insertInto|updateTable|deleteFrom|moveByUser|exclude|importContacts|writeCsv/.test(text)
    );
  });
  expect(acting.length).toBeGreaterThan(8);
  const silent = acting
    .filter(({ text }) => !text.includes('requireRole(') && !text.includes('moveByUser('))
    .map(({ file }) => file)
    .filter((file) => !BY_ANOTHER.has(file));
  expect(silent).toEqual([]);
});
