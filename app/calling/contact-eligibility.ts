import { enforcedProfile, type Jurisdiction } from '../campaigns/jurisdictions/jurisdiction.ts';
import { type LegalRefusal, legalRefusal } from '../campaigns/jurisdictions/legal-refusal.ts';
import { loadJurisdictions } from '../campaigns/jurisdictions/load-jurisdictions.ts';
import { isExcluded } from '../contacts/exclusions/is-excluded.ts';
import { AppError } from '../errors.ts';
import type { CallPorts } from './ports.ts';
import { nextWindowOpening, windowGates } from './scheduler/eligibility.ts';
import { isProviderOpen } from './scheduler/is-provider-open.ts';

type Ctx = Pick<CallPorts, 'db' | 'phoneHash' | 'config' | 'settings'>;
export type EligibilityGate = { code: string; ok: boolean; message: string };
export type Eligibility = { eligible: boolean; next_possible_at: Date | null; gates: EligibilityGate[] };

const MESSAGES: Record<string, { en: string; it: string }> = {
  campaign_running: { en: 'The campaign is running.', it: 'La campagna è in corso.' },
  contact_waiting: {
    en: 'The contact still waits for a call.',
    it: 'Il contatto attende ancora una chiamata.',
  },
  attempts_left: { en: 'An attempt is left.', it: 'Resta un tentativo.' },
  retry_due: { en: 'The time between attempts is over.', it: 'È trascorso il tempo tra i tentativi.' },
  not_excluded: {
    en: 'The number is on no exclusion list.',
    it: 'Il numero non è in nessuna lista di esclusione.',
  },
  number_free: { en: 'No call to this number is live.', it: 'Nessuna chiamata a questo numero è in corso.' },
  provider: {
    en: 'A telephony provider is set up and takes calls.',
    it: 'Un fornitore di telefonia è configurato e accetta chiamate.',
  },
  prior_consent: {
    en: 'The law there needs no prior consent, or the person has given it.',
    it: 'La legge del posto non richiede un consenso preventivo, oppure la persona lo ha dato.',
  },
  legal_limits: {
    en: 'The limits of the law on calls to one number are kept.',
    it: 'I limiti di legge sulle chiamate a uno stesso numero sono rispettati.',
  },
  time_zone: { en: 'The time zone is known.', it: 'Il fuso orario è noto.' },
  weekday: { en: 'Today is an allowed day there.', it: 'Oggi lì è un giorno consentito.' },
  public_holiday: { en: 'Today is no public holiday there.', it: 'Oggi lì non è un giorno festivo.' },
  local_time: { en: 'The local time lies within the window.', it: "L'ora locale è nella fascia consentita." },
};

/** Why a contact is called now or not: every gate, by the function that the scheduler itself asks, and when it may be. */
export async function contactEligibility(
  ctx: Ctx,
  input: { campaign_id: string; contact_id: string; language: 'en' | 'it'; now: Date },
): Promise<Eligibility> {
  const contact = await readContact(ctx, input);
  const { phone_number } = contact;
  const isListed =
    phone_number === null ||
    (await isExcluded(ctx.db, {
      phone_hash: ctx.phoneHash(phone_number),
      campaign_id: input.campaign_id,
    }));
  const law = enforcedProfile(await loadJurisdictions(ctx.db), contact.country);
  const refusal =
    law && phone_number !== null ? await lawSays(ctx, law, contact, phone_number, input.now) : null;
  const question = {
    law,
    window: contact,
    whereabouts: { country: contact.country, time_zones: contact.time_zones },
    ring_timeout_seconds: ctx.config.ring_timeout_seconds,
  };
  const isWaiting = contact.state === 'pending' || contact.not_reached_reason === 'attempts_used_up';
  const dueAt = contact.next_attempt_at ?? input.now;
  const lasting: [string, boolean][] = [
    ['campaign_running', contact.status === 'running'],
    ['contact_waiting', isWaiting],
    ['attempts_left', contact.attempts_count < contact.max_attempts],
    ['not_excluded', !isListed],
    ['prior_consent', refusal?.kind !== 'no_prior_consent'],
  ];
  const passing: [string, boolean][] = [
    ['retry_due', dueAt <= input.now],
    ['legal_limits', !refusal || !('not_before' in refusal)],
    ['number_free', phone_number === null || !(await isOnTheLine(ctx, phone_number))],
    ['provider', await canDial(ctx, input.now)],
    ...windowGates(question, input.now).map(({ code, ok }): [string, boolean] => [code, ok]),
  ];
  const gates = [...lasting, ...passing].map(([code, ok]) => ({
    code,
    ok,
    message: MESSAGES[code]![input.language],
  }));
  const notBefore = refusal && 'not_before' in refusal ? refusal.not_before.getTime() : 0;
  const later = new Date(Math.max(dueAt.getTime(), input.now.getTime(), notBefore));
  return {
    eligible: gates.every((gate) => gate.ok),
    next_possible_at: lasting.every(([, ok]) => ok) ? nextWindowOpening(question, later) : null,
    gates,
  };
}

function lawSays(
  { db }: Ctx,
  profile: Jurisdiction,
  contact: { has_prior_consent: boolean; attempts_count: number },
  phone_number: string,
  now: Date,
): Promise<LegalRefusal | null> {
  const { has_prior_consent, attempts_count: attempts_before } = contact;
  const asked = { profile, phone_number, has_prior_consent, attempts_before };
  return legalRefusal(db, { ...asked, attempt_id: null, now });
}

async function isOnTheLine({ db }: Ctx, phone_number: string): Promise<boolean> {
  const live = await db
    .selectFrom('call_attempt')
    .select('id')
    .where('phone_number', '=', phone_number)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return live !== undefined;
}

async function canDial({ db, settings }: Ctx, now: Date): Promise<boolean> {
  const { provider_name, outbound_number } = await settings();
  return provider_name !== null && outbound_number !== null && isProviderOpen(db, provider_name, now);
}

async function readContact(
  { db }: Ctx,
  { campaign_id, contact_id }: { campaign_id: string; contact_id: string },
) {
  const found = await db
    .selectFrom('contact')
    .innerJoin('campaign', 'campaign.id', 'contact.campaign_id')
    .innerJoin('zone_set', 'zone_set.id', 'contact.zone_set_id')
    .select(['phone_number', 'state', 'not_reached_reason', 'attempts_count', 'next_attempt_at'])
    .select('has_prior_consent')
    .select([
      'status',
      'max_attempts',
      'allowed_call_start_local',
      'allowed_call_end_local',
      'allowed_weekdays',
    ])
    .select(['call_on_public_holidays', 'campaign.time_zone', 'zone_set.country', 'zone_set.time_zones'])
    .where('contact.id', '=', contact_id)
    .where('campaign.id', '=', campaign_id)
    .where('campaign.deleted_at', 'is', null)
    .executeTakeFirst();
  if (!found) throw new AppError('resource.not_found', 'There is no such contact in this campaign.');
  return found;
}
