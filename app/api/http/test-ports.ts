import { setTimeout as delay } from 'node:timers/promises';
import { loadSettings } from '../../admin/settings.ts';
import type { Ports } from '../../admin/test-connection.ts';
import type { Context } from '../../context.ts';

// Settings are kept in memory for two seconds; what was just saved is what must be tried.
const LONGEST_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** What a test of a connection is made with: the settings as they are stored, and adapters that have taken them up. */
export async function testPorts(ctx: Context): Promise<Ports> {
  const settings = await loadSettings(ctx.db);
  const deadline = performance.now() + LONGEST_MS;
  while ((await ctx.settings()).revision < settings.revision && performance.now() < deadline) {
    await delay(LOOK_EVERY_MS);
  }
  const { encryption_key, internal_hosts_allowed } = ctx.config;
  return {
    settings,
    encryptionKey: encryption_key.reveal(),
    allowed: internal_hosts_allowed,
    telephony: async () => (await ctx.provider()).health(),
    mail: () => ctx.mailer.verify(),
  };
}
