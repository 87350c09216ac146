import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { appSources } from './sources.ts';

// Anyone may read any table; one slice writes it. Migrations own the claim's function, the declared exception.
const OWNERS: Record<string, string> = {
  user: 'auth',
  session: 'auth',
  sign_in: 'auth',
  logout_token: 'auth',
  request_count: 'api',
  audit_log_entry: 'audit',
  audit_head: 'audit',
  audit_seal: 'audit',
  provider_config: 'admin',
  campaign: 'campaigns',
  script_version: 'campaigns',
  script_approval: 'campaigns',
  jurisdiction_profile: 'campaigns',
  contact_count: 'campaigns',
  contact_count_delta: 'campaigns',
  contact: 'contacts',
  contact_import: 'contacts',
  contact_import_error: 'contacts',
  zone_set: 'contacts',
  exclusion_list_entry: 'contacts',
  call_attempt: 'calling',
  call_event: 'calling',
  conversation: 'calling',
  consent_record: 'calling',
  transcript_turn: 'calling',
  call_answer: 'calling',
  survey_response: 'calling',
  provider_breaker: 'calling',
  rehearsal: 'calling',
  trial_run: 'calling',
  event: 'events',
  bus_message: 'infra',
  consumed_message: 'infra',
  email_template: 'notifications',
  email_notification: 'notifications',
  email_unsubscribe: 'notifications',
  webhook: 'notifications',
  webhook_delivery: 'notifications',
  export: 'reporting',
  legal_hold: 'privacy',
  erasure: 'privacy',
  provider_deletion: 'privacy',
  retention_sweep: 'privacy',
  result_count: 'reporting',
  result_count_delta: 'reporting',
};
const WRITES = [
  /\b(?:insertInto|updateTable|deleteFrom|mergeInto)\(\s*'(\w+)/g,
  /\binsert\s+into\s+"?(\w+)"?/gi,
  /\bupdate\s+"?(\w+)"?\s+(?:as\s+\w+\s+|\w+\s+)?set\b/gi,
  /\bdelete\s+from\s+"?(\w+)"?/gi,
  /\bcopy\s+"?(\w+)"?\s*(?:\([^)]*\)\s*)?from\b/gi,
];

function writesOf(text: string): string[] {
  return WRITES.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!.toLowerCase()));
}

it('every table has an owner', () => {
  const types = readFileSync(path.join(import.meta.dirname, '../../app/infra/db/tables.ts'), 'utf8');
  const tables = /export interface DB \{([^}]*)\}/.exec(types)?.[1]?.matchAll(/^ {2}(\w+):/gm) ?? [];
  const isView = (name: string) => name === 'result_truth';
  expect(
    [...tables]
      .map((match) => match[1]!)
      .filter((name) => !isView(name))
      .sort(),
  ).toEqual(Object.keys(OWNERS).sort());
});

describe('one slice writes a table', () => {
  const writes = appSources()
    .filter(({ file }) => !file.startsWith('app/infra/db/'))
    .flatMap(({ file, text }) => writesOf(text).map((table) => ({ file, table })));

  it.each(Object.entries(OWNERS))('%s is written by %s', (table, owner) => {
    const strangers = writes.filter((write) => write.table === table && write.file.split('/')[1] !== owner);
    expect(strangers).toEqual([]);
  });
});
