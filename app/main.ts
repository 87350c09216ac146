import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { rotateKeys } from './admin/rotate-keys.ts';
import { markDraining } from './api/http/check-health.ts';
import { finishConversations } from './api/http/finish-conversations.ts';
import { createHealthServer } from './api/http/health-server.ts';
import { createServer } from './api/http/server.ts';
import { runAuditSeals } from './audit/run-audit-seals.ts';
import { type AuditFault, verifyAudit } from './audit/verify-audit.ts';
import { runExclusionWatch } from './calling/run-exclusion-watch.ts';
import { runReconciler } from './calling/run-reconciler.ts';
import { runScheduler, runSchedulerOnce } from './calling/scheduler/run-scheduler.ts';
import { recountContacts, runContactCountFold } from './campaigns/fold-contact-counts.ts';
import { type Context, createContext } from './context.ts';
import { runRelay } from './events/run-relay.ts';
import { configFromEnvironment } from './infra/config/env.ts';
import { migrate, migrationGap } from './infra/db/migrate.ts';
import { runEmailWorker } from './notifications/run-email-worker.ts';
import { ledgerLine, readLedger } from './privacy/ledger-file.ts';
import { ledgerOf, reapplyErasures } from './privacy/reapply-erasures.ts';
import { runProviderDeletions } from './privacy/run-provider-deletions.ts';
import { runRetention } from './privacy/run-retention.ts';
import { recountResults, runResultCountFold } from './reporting/fold-result-counts.ts';

// Garbage is collected before the heap has grown by half, not when it has grown fourfold: an import of a million rows in
// the API's process took 290 MiB more than an idle one without this, and 75 to 95 MiB with it, at the same rate.
setFlagsFromString('--heap-growing-percent=50');
setFlagsFromString('--semi-space-growth-factor=1');

const USAGE = `usage: node app/main.ts <command>

  api        the console, the API, the webhooks and the conversations
  scheduler  claims contacts and dials; --once does one pass and ends
  worker     relays events, sends e-mails, reconciles calls
  all        the three in one process
  verify-audit [id:hash]
             walks the audit log and says whether anybody has changed it or cut it off; with a head that was noted
             before, also whether that entry is still there
  erasures   prints the ledger of erasures, one JSON object a line, to be kept apart from the database's backups
  erase-again [file]
             erases again whoever came back with a restored database, by the database's ledger and the file's
  rotate-keys
             seals every secret anew with ENCRYPTION_KEY, while everything runs on
  recount    counts the contacts and calls of all campaigns anew, and says whether a number was wrong
  migrate    brings the database to this version; migrate down [n] takes the newest n versions away`;

type Loop = (ctx: Context, signal: AbortSignal) => Promise<void>;

// Of the time to drain; the rest is for closing what is handed over.
const TALKING_SHARE = 0.8;

const WORKER: Loop[] = [
  runRelay,
  runEmailWorker,
  runReconciler,
  runExclusionWatch,
  runContactCountFold,
  runProviderDeletions,
  runRetention,
  runAuditSeals,
  runResultCountFold,
];
const PROCESSES: Record<string, { serves: 'api' | 'health'; loops: Loop[] }> = {
  api: { serves: 'api', loops: [] },
  scheduler: { serves: 'health', loops: [runScheduler] },
  worker: { serves: 'health', loops: WORKER },
  all: { serves: 'api', loops: [runScheduler, ...WORKER] },
};

/** Serves and works until a signal comes, then lets what is under way finish, at most DRAIN_SECONDS. */
async function run(name: string): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const { config, log } = ctx;
  endOnSurprise(ctx);
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  const { serves, loops } = PROCESSES[name] as (typeof PROCESSES)[string];
  const server = serves === 'api' ? await createServer(ctx) : await createHealthServer(ctx);
  await orEnd(`Port ${config.port} cannot be used`, server.listen({ host: config.host, port: config.port }));
  log.info({ process: name, port: config.port }, 'started');

  const stopping = new AbortController();
  const running = loops.map((loop) => loop(ctx, stopping.signal));
  await nextSignal();
  log.info('stopping');
  markDraining(ctx);
  stopping.abort();
  const deadline = setTimeout(() => {
    log.warn('work was left unfinished when the drain time was over');
    process.exit(1);
  }, config.drain_seconds * 1_000);
  const talkingMs = config.drain_seconds * 1_000 * TALKING_SHARE;
  await Promise.all([...running, finishConversations(server, talkingMs)]);
  await server.close();
  await ctx.close();
  clearTimeout(deadline);
}

/** One pass of the scheduler, for a CronJob. */
async function scheduleOnce(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  await orEnd('The database cannot be used', refuseOtherSchema(ctx));
  await runSchedulerOnce(ctx);
  await ctx.close();
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** What an operator can mend is a readable line and exit code 1, not a stack. */
function orEnd<T>(what: string, work: Promise<T>): Promise<T> {
  return work.catch((error: Error & { code?: string }) => {
    process.stderr.write(`${what}: ${error.message || error.code}\n`);
    process.exit(1);
  });
}

/** An error nobody handled ends the process with its reason: a restart is safer than a process in an unknown state. */
function endOnSurprise({ log }: Context): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'ended by an error that nobody handled');
      process.exit(1);
    });
  }
}

async function refuseOtherSchema(ctx: Context): Promise<void> {
  const { missing, unknown } = await migrationGap(ctx.pool);
  if (missing.length === 0 && unknown.length === 0) return;
  const what =
    missing.length > 0 ? `lacks ${missing.join(', ')}: run migrate` : `is newer: ${unknown.join(', ')}`;
  process.stderr.write(`The database ${what}\n`);
  process.exit(1);
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
  await ctx.close();
  process.stdout.write(`Sealed anew: ${credentials} credentials, ${sessions} sessions\n`);
}

/** Corrects every counter, should anybody doubt one. */
async function recountCommand(): Promise<void> {
  const ctx = createContext(await configFromEnvironment());
  const recount = async () => (await recountResults(ctx.db)) + (await recountContacts(ctx.db));
  const wrong = await orEnd('The database cannot be used', recount());
  await ctx.close();
  process.stdout.write(wrong === 0 ? 'Every number was right.\n' : `Corrected: ${wrong}\n`);
}

function usage(): void {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
}

const [command = '', ...rest] = process.argv.slice(2);
if (command === 'migrate') await migrateCommand(rest);
else if (command === 'verify-audit') await verifyCommand(rest);
else if (command === 'erasures') await erasuresCommand();
else if (command === 'erase-again') await eraseAgainCommand(rest);
else if (command === 'rotate-keys') await rotateCommand();
else if (command === 'recount') await recountCommand();
else if (command === 'scheduler' && rest.includes('--once')) await scheduleOnce();
else if (Object.hasOwn(PROCESSES, command)) await run(command);
else usage();
