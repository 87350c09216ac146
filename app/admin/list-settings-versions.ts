import type { Db } from '../infra/db/database.ts';
import { loadSettings } from './settings.ts';
import { settingsView } from './update-settings.ts';

type Changes = Record<string, { previous: unknown; new: unknown }>;
export type SettingsVersion = {
  /** Where the audit log tells of it; null of what was there before anybody changed anything. */
  audit_id: number | null;
  at: Date | null;
  user_name: string | null;
  /** The fields that were changed, secrets by name alone. */
  changed: string[];
  settings: Omit<ReturnType<typeof settingsView>, 'revision'>;
};

const CREDENTIALS =
  /^(account_sid|auth_token|auth_token_secondary|api_key_sid|api_key_secret|api_key|smtp_password)$/;

/**
 * The settings as they were, the present ones first, back to the beginning: each version is the one after it with its
 * changes undone. A secret is never part of it, not even how it ended: of an old one nothing but its name was kept.
 */
export async function listSettingsVersions(
  db: Db,
  { page, page_size }: { page: number; page_size: number },
): Promise<{ items: SettingsVersion[]; total: number }> {
  const current = await loadSettings(db);
  const entries = await db
    .selectFrom('audit_log_entry')
    .leftJoin('user', 'user.id', 'audit_log_entry.user_id')
    .select(['audit_log_entry.id', 'at', 'name as user_name', 'changes'])
    .where('action', '=', 'settings.updated')
    .orderBy('audit_log_entry.id', 'desc')
    .execute();
  const versions: SettingsVersion[] = [];
  let values: Record<string, unknown> = { ...current, credentials: {} };
  for (const { id, at, user_name, changes } of entries) {
    const undone = (changes ?? {}) as Changes;
    versions.push({ audit_id: id, at, user_name, changed: Object.keys(undone), settings: viewOf(values) });
    values = { ...values, ...previousOf(undone) };
  }
  versions.push({ audit_id: null, at: null, user_name: null, changed: [], settings: viewOf(values) });
  return { items: versions.slice((page - 1) * page_size, page * page_size), total: versions.length };
}

function previousOf(changes: Changes): Record<string, unknown> {
  const plain = Object.entries(changes).filter(([name]) => !CREDENTIALS.test(name));
  return Object.fromEntries(plain.map(([name, change]) => [name, change.previous]));
}

function viewOf(values: Record<string, unknown>): SettingsVersion['settings'] {
  const { revision: _, ...view } = settingsView(values as Parameters<typeof settingsView>[0]);
  return view;
}
