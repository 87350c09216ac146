import { requireRole } from '../../auth/require-role.ts';
import { type Actor, ADMINS } from '../../auth/user.ts';
import type { Secret } from '../../infra/config/secret.ts';
import type { Db } from '../../infra/db/database.ts';
import { newId } from '../../infra/db/id.ts';
import type { Mailer } from '../mailers/mailer.ts';
import { unsubscribeUrl } from '../unsubscribe.ts';
import { findEmailTemplate } from './email-templates.ts';
import type { TemplateInput } from './template.ts';
import { writeLetter } from './write-letter.ts';

type Ports = {
  db: Db;
  mailer: Mailer;
  config: { public_url: string; phone_hash_key: Secret<Buffer> };
  now(): Date;
};
type Draft = Pick<TemplateInput, 'type' | 'locale' | 'subject' | 'body_html' | 'body_text'>;
type Given = { id: string; campaign_id?: string | undefined; actor: Actor };

const EXAMPLE = {
  en: { campaign_name: 'Example survey', organization_name: 'Example Research' },
  it: { campaign_name: 'Sondaggio di esempio', organization_name: 'Ricerche Esempio' },
} as const;

/** The letter as a respondent would get it, about a campaign or about an example. */
export async function previewTemplate(ctx: Ports, { id, campaign_id, actor }: Given) {
  requireRole(actor, ADMINS);
  return letterTo(ctx, { id, campaign_id, to: 'someone@example.com' });
}

/** The letter of a text that somebody is still writing, about an example. */
export async function previewDraft(ctx: Ports, { draft, actor }: { draft: Draft; actor: Actor }) {
  requireRole(actor, ADMINS);
  return writeLetter(draft, exampleFacts(ctx, draft, 'someone@example.com'));
}

/** Sends that letter to an address; what the mail server said of it is the answer, and no notification is noted. */
export async function sendTestEmail(ctx: Ports, { id, campaign_id, to, actor }: Given & { to: string }) {
  requireRole(actor, ADMINS);
  const letter = await letterTo(ctx, { id, campaign_id, to });
  const result = await ctx.mailer.send({
    ...letter,
    to,
    message_id: `<test-${newId()}@voicesurveyagent>`,
    unsubscribe_url: unsubscribeUrl(ctx.config, to),
  });
  return result.kind === 'sent'
    ? { status: 'sent' as const, to, provider_message_id: result.provider_message_id, error_message: null }
    : {
        status: result.kind === 'unknown' ? ('unknown' as const) : ('failed' as const),
        to,
        provider_message_id: null,
        error_message: result.message,
      };
}

async function letterTo(ctx: Ports, { id, campaign_id, to }: Omit<Given, 'actor'> & { to: string }) {
  const template = await findEmailTemplate(ctx.db, id);
  const campaign = campaign_id
    ? await ctx.db
        .selectFrom('campaign')
        .select(['name as campaign_name', 'organization_name'])
        .where('id', '=', campaign_id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst()
    : undefined;
  return writeLetter(template, { ...exampleFacts(ctx, template, to), ...campaign });
}

function exampleFacts(ctx: Ports, { type, locale }: Pick<TemplateInput, 'type' | 'locale'>, to: string) {
  const now = ctx.now();
  return {
    ...EXAMPLE[locale],
    language: locale,
    happened_at: now,
    completed_at: type === 'completed' ? now : null,
    unsubscribe_url: unsubscribeUrl(ctx.config, to),
  };
}
