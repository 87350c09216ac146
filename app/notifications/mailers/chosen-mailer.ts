import type { Settings } from '../../admin/settings.ts';
import type { Mailer } from './mailer.ts';

/** The mailer that the settings name at the moment. */
export function chosenMailer(
  mailers: { smtp: Mailer; ses: Mailer },
  settings: () => Promise<Settings>,
): Mailer {
  const current = async () => ((await settings()).email_transport === 'ses' ? mailers.ses : mailers.smtp);
  return {
    send: async (mail) => (await current()).send(mail),
    verify: async () => (await current()).verify(),
    close: async () => {
      await mailers.smtp.close();
      await mailers.ses.close();
    },
  };
}
