import type pg from 'pg';
import { migrationGap } from '../infra/db/migrate.ts';
import type { Logger } from '../infra/observability/log.ts';

/** What an operator can mend is a readable line and exit code 1, not a stack. */
export function orEnd<T>(what: string, work: Promise<T>): Promise<T> {
  return work.catch((error: Error & { code?: string }) => {
    process.stderr.write(`${what}: ${error.message || error.code}\n`);
    process.exit(1);
  });
}

/** An error nobody handled ends the process with its reason: a restart is safer than a process in an unknown state. */
export function endOnSurprise(log: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error, event }, 'ended by an error that nobody handled');
      process.exit(1);
    });
  }
}

/** Ends the process where the database is older than this program, or newer in a way that it cannot work with. */
export async function refuseOtherSchema({ pool }: { pool: pg.Pool }): Promise<void> {
  const { missing, newer } = await migrationGap(pool);
  if (missing.length === 0 && newer.length === 0) return;
  const what =
    missing.length > 0
      ? `lacks ${missing.join(', ')}: run migrate`
      : `is newer than this program: ${newer.join(', ')}`;
  process.stderr.write(`The database ${what}\n`);
  process.exit(1);
}
