import { readFile } from 'node:fs/promises';
import { rotateKeys } from '../admin/rotate-keys.ts';
import { runAuditSeals } from '../audit/run-audit-seals.ts';
import { type AuditFault, verifyAudit } from '../audit/verify-audit.ts';
import { runExclusionWatch } from '../calling/run-exclusion-watch.ts';
import { runReconciler } from '../calling/run-reconciler.ts';
import { runScheduler, runSchedulerOnce } from '../calling/scheduler/run-scheduler.ts';
import { recountContacts, runContactCountFold } from '../campaigns/fold-contact-counts.ts';
import { createContext } from '../context.ts';
import { runRelay } from '../events/run-relay.ts';
import { configFromEnvironment } from '../infra/config/env.ts';
import { migrate } from '../infra/db/migrate.ts';
import { runEventConsumer } from '../notifications/consume-survey-events.ts';
import { runEmailSender } from '../notifications/run-email-sender.ts';
import { resealWebhooks } from '../notifications/webhooks/reseal-webhooks.ts';
import { runWebhookSender } from '../notifications/webhooks/run-webhook-sender.ts';
import { ledgerLine, readLedger } from '../privacy/ledger-file.ts';
import { ledgerOf, reapplyErasures } from '../privacy/reapply-erasures.ts';
import { runProviderDeletions } from '../privacy/run-provider-deletions.ts';
import { runRetention } from '../privacy/run-retention.ts';
import { recountResults, runResultCountFold } from '../reporting/fold-result-counts.ts';
import { doctor } from './doctor.ts';
import { endOnSurprise, orEnd, refuseOtherSchema } from './endings.ts';
import { type Loop, type Process, runProcess, traced } from './run-process.ts';
import { seed } from './seed.ts';

const USAGE = `usage: node app/main.ts <command>

  api        the console, the API, the webhooks and the conversations
  scheduler  claims contacts and dials; --once does one pass and ends
  worker     relays events, sends e-mails, reconciles calls
  all        the three in one process; --migrate brings the database to this version first
  verify-audit [id:hash]
             walks the audit log and says whether anybody has changed it or cut it off; with a head that was noted
             before, also whether that entry is still there
  erasures   prints the ledger of erasures, one JSON object a line, to be kept apart from the database's backups
  erase-again [file]
             erases again whoever came back with a restored database, by the database's ledger and the file's
  rotate-keys
             seals every secret anew with ENCRYPTION_KEY, while everything runs on
  recount    counts the contacts and calls of all campaigns anew, and says whether a number was wrong
  queues     makes the queues that the bus needs in the cloud, or mends them
  redrive    sends the bus's dead messages round once more
  migrate    brings the database to this version; migrate down [n] takes the newest n versions away
  doctor     checks the settings and everything they name, a sentence each; --json
  seed       a user of each role and a provider, for local use; never in production`;

const WORKER: Loop[] = [
  runRelay,
  runEventConsumer,
  runEmailSender,
  runWebhookSender,
  runReconciler,
  runExclusionWatch,
  runContactCountFold,
  runProviderDeletions,
  runRetention,
  runAuditSeals,
  runResultCountFold,
];
const PROCESSES: Record<string, Process> = {
  api: { serves: 'api', loops: [] },
  scheduler: { serves: 'health', loops: [runScheduler] },
  worker: { serves: 'health', loops: WORKER },
  all: { serves: 'api', loops: [runScheduler, ...WORKER] },
};

/** One pass of the scheduler, for a CronJob. */
async function scheduleOnce(): Promise<void> {
  const config = await configFromEnvironment();
  const closeTraces = await traced(config, 'scheduler');
  const ctx = createContext(config);
  endOnSurprise(ctx.log);
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  await runSchedulerOnce(ctx);
  await closeTraces();
  await ctx.close();
}

async function migrateCommand([direction = 'up', steps = '1']: string[]): Promise<void> {
  if ((direction !== 'up' && direction !== 'down') || !/^[1-9]\d*$/.test(steps)) return usage();
  const { database_url } = await configFromEnvironment();
  const done = await orEnd('The database was not migrated', migrate(database_url, direction, Number(steps)));
  process.stdout.write(
    done.length === 0 ? 'Nothing to migrate.\n' : `Migrated ${direction}: ${done.join(', ')}\n`,
  );
}

/** Walks the chain of the audit log; the exit code is 1 when something does not fit. */
async function verifyCommand([expected = null]: (string | null)[]): Promise<void> {
  if (expected !== null && !/^\d+:[0-9a-f]{64}$/.test(expected)) return usage();
  const ctx = createContext(await configFromEnvironment());
  const verifying = verifyAudit(ctx.db, { sealKey: ctx.auditSealKey, expected });
  const { entries, head, fault } = await orEnd('The database cannot be used', verifying);
  await ctx.close();
  process.stdout.write(
    fault === null
      ? `The audit log is whole.\nEntries: ${entries}; head: ${head || 'none'}\n`
      : `The audit log was changed at entry ${fault.at}: ${AUDIT_FAULTS[fault.kind]}.\n`,
  );
  process.exitCode = fault === null ? 0 : 1;
}

const AUDIT_FAULTS: Record<AuditFault, string> = {
  entry_changed: 'it does not fit the one before it',
  entries_missing: 'entries are missing from there on',
  entries_added: 'entries were added past the recorded end',
  seal_broken: 'its seal was not made with the key of this installation',
};

/** The ledger as it is in the database; whoever keeps the backups keeps this beside them. */
async function erasuresCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const rows = await orEnd('The database cannot be used', ledgerOf(ctx.db));
  await ctx.close();
  for (const row of rows) process.stdout.write(ledgerLine(row));
}

/** After a restore: nobody whose data was erased comes back. */
async function eraseAgainCommand([file]: string[]): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const source = file ?? ctx.config.erasure_ledger_file;
  const text = source === null ? '' : await orEnd('The ledger cannot be read', readFile(source, 'utf8'));
  const work = async () => reapplyErasures(ctx.db, { given: readLedger(text), now: ctx.now() });
  const { checked, erased } = await orEnd('Not everybody was erased again', work());
  await ctx.close();
  process.stdout.write(`Erasures in the ledger: ${checked}; erased again: ${erased}\n`);
}

/** When this has nothing more to do, ENCRYPTION_KEY_PREVIOUS is not needed any more. */
async function rotateCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const encryptionKey = ctx.config.encryption_key.reveal();
  const rotating = rotateKeys(ctx.db, { encryptionKey, now: ctx.now() });
  const { credentials, sessions } = await orEnd('Not everything was sealed anew', rotating);
  const resealing = resealWebhooks(ctx.db, encryptionKey);
  const webhooks = await orEnd('Not everything was sealed anew', resealing);
  await ctx.close();
  process.stdout.write(
    `Sealed anew: ${credentials} credentials, ${sessions} sessions, ${webhooks} webhooks\n`,
  );
}

/** Corrects every counter, should anybody doubt one. */
async function recountCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const recount = async () => (await recountResults(ctx.db)) + (await recountContacts(ctx.db));
  const wrong = await orEnd('The database cannot be used', recount());
  await ctx.close();
  process.stdout.write(wrong === 0 ? 'Every number was right.\n' : `Corrected: ${wrong}\n`);
}

/** Makes the queue and its dead-letter queue; with the PostgreSQL bus there is nothing to make. */
async function queuesCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  await orEnd('The queues could not be made', ctx.bus.prepare());
  await ctx.close();
  process.stdout.write('The bus has what it needs.\n');
}

/** After what killed them was mended. */
async function redriveCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const sent = await orEnd('The bus cannot be used', ctx.bus.redrive());
  await ctx.close();
  process.stdout.write(`Messages sent round again: ${sent}\n`);
}

function usage(): void {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
}

async function runNamed(name: string, options: string[]): Promise<void> {
  const config = await configFromEnvironment();
  if (options.includes('--migrate'))
    await orEnd('The database was not migrated', migrate(config.database_url));
  await runProcess(name, PROCESSES[name] as Process, config);
}

async function doctorCommand(options: string[]): Promise<void> {
  const isWell = await doctor({ json: options.includes('--json') });
  // Whatever was asked and has not answered yet is not waited for.
  process.exit(isWell ? 0 : 1);
}

async function seedCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  const lines = await orEnd('Nothing was sown', seed(ctx));
  await ctx.close();
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Runs the command that the arguments name; the exit code of the process says how it ended. */
export async function runCommand([command = '', ...rest]: string[]): Promise<void> {
  if (command === 'migrate') await migrateCommand(rest);
  else if (command === 'verify-audit') await verifyCommand(rest);
  else if (command === 'erasures') await erasuresCommand();
  else if (command === 'erase-again') await eraseAgainCommand(rest);
  else if (command === 'rotate-keys') await rotateCommand();
  else if (command === 'recount') await recountCommand();
  else if (command === 'doctor') await doctorCommand(rest);
  else if (command === 'seed') await seedCommand();
  else if (command === 'queues') await queuesCommand();
  else if (command === 'redrive') await redriveCommand();
  else if (command === 'scheduler' && rest.includes('--once')) await scheduleOnce();
  else if (Object.hasOwn(PROCESSES, command)) await runNamed(command, rest);
  else usage();
}
