import type { Settings } from '../../admin/settings.ts';
import type { Mailer } from './mailer.ts';

/** The mailer that the settings name at the moment; SES's library is loaded when it is first named. */
export function chosenMailer(
  { smtp, openSes }: { smtp: Mailer; openSes: () => Promise<Mailer> },
  settings: () => Promise<Settings>,
): Mailer {
  let ses: Promise<Mailer> | null = null;
  const current = async () => {
    if ((await settings()).email_transport !== 'ses') return smtp;
    ses ??= openSes();
    return ses;
  };
  return {
    send: async (mail) => (await current()).send(mail),
    verify: async () => (await current()).verify(),
    close: async () => {
      await smtp.close();
      await (await ses)?.close();
    },
  };
}
