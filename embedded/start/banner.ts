import { PEOPLE } from '../identity-provider/accounts.ts';
import type { Services } from '../stack/services.ts';

export type BannerFacts = { services: Services; dataDir: string; seconds: number; speed: number };

/** What a person wants to know when everything runs. */
export function banner({ services, dataDir, seconds, speed }: BannerFacts): string {
  const rows: [string, string][] = [
    ['Console', services.console],
    ['API docs', `${services.console}/api/docs`],
    ['Mailbox', services.mailbox],
    ['Cast on the phone', `${services.carrier}/cast`],
    ['Data and logs', dataDir],
  ];
  const places = rows.map(([what, where]) => `  ${what.padEnd(18)} ${where}`);
  const accounts = PEOPLE.filter(({ role }) => role).map(
    ({ email, may }) => `  ${email.padEnd(20)} may ${may}`,
  );
  return `
voicesurveyagent is ready (set-up took ${seconds.toFixed(1)} s).

${places.join('\n')}

Sign in with one click, without a password:
${accounts.join('\n')}

Simulated: the telephone network and the people on it (${speed} times as fast as life), the sign-in, the mail.
Nobody is called, no mail leaves this machine. Who answers depends on a number's last two digits.

Ctrl-C stops everything; the data stays.
`;
}
