import type { FieldError } from '../errors.ts';
import type { Language } from '../infra/db/tables.ts';
import type { CampaignStatus } from './campaign.ts';
import { CAMPAIGN_FIELDS, type CampaignInput } from './campaign-input.ts';

/** What cannot mix answers may change until the end; wording, types, topic and start only in a draft. */
const ALWAYS_EDITABLE: ReadonlySet<string> = new Set<keyof CampaignInput>([
  'name',
  'description',
  'max_attempts',
  'retry_interval_minutes',
  'allowed_call_start_local',
  'allowed_call_end_local',
  'allowed_weekdays',
  'call_on_public_holidays',
  'time_zone',
  'email_completed_template_id',
  'email_refused_template_id',
  'email_not_reached_template_id',
]);

type Reason = 'mixes_answers' | 'was_checked' | 'start_is_set' | 'has_started' | 'is_over';
const REASONS: Record<Reason, Record<Language, string>> = {
  mixes_answers: {
    en: 'Changing this would mix answers to different questions; duplicate the campaign instead.',
    it: 'Una modifica mescolerebbe le risposte a domande diverse; duplichi invece la campagna.',
  },
  was_checked: {
    en: 'The campaign was scheduled with this; take it back to draft to change it, or duplicate it.',
    it: 'La campagna è stata programmata così; la riporti in bozza per modificarla, oppure la duplichi.',
  },
  start_is_set: {
    en: 'The start is set; take the campaign back to draft to choose another.',
    it: "L'inizio è fissato; riporti la campagna in bozza per sceglierne un altro.",
  },
  has_started: {
    en: 'The campaign has started already.',
    it: 'La campagna è già iniziata.',
  },
  is_over: {
    en: 'The campaign is over; duplicate it to go on from here.',
    it: 'La campagna è conclusa; la duplichi per ripartire da qui.',
  },
};

/** The fields that cannot change in this status, each with the reason and the way out. */
export function lockedFields(status: CampaignStatus, language: Language): FieldError[] {
  if (status === 'draft') return [];
  const isOver = status === 'completed' || status === 'cancelled';
  return CAMPAIGN_FIELDS.filter((field) => isOver || !ALWAYS_EDITABLE.has(field)).map((field) => ({
    field,
    message: REASONS[reasonFor(field, status)][language],
  }));
}

function reasonFor(field: string, status: CampaignStatus): Reason {
  if (status === 'completed' || status === 'cancelled') return 'is_over';
  if (field === 'scheduled_at') return status === 'scheduled' ? 'start_is_set' : 'has_started';
  return status === 'scheduled' ? 'was_checked' : 'mixes_answers';
}
