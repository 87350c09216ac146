import { z } from 'zod';
import { type CallingRules, callingRules } from '../admin/calling-rules.ts';
import { AppError } from '../errors.ts';
import type { Campaign } from './campaign.ts';
import type { Translations } from './script.ts';

const WINDOW_FAULT = {
  path: ['allowed_call_end_local'],
  message: 'The end of the calling hours must be after their start.',
  params: { it: "La fine dell'orario di chiamata deve essere dopo l'inizio." },
};
const OTHER_LANGUAGE_ONLY = {
  message: 'The campaign speaks this language already; give the texts of the other one.',
  params: { it: 'La campagna parla già questa lingua: indichi i testi dell’altra.' },
};

/** A text without blanks around it; PostgreSQL holds every character but NUL. */
export const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((value) => !value.includes('\0'), {
      message: 'Contains a NUL character.',
      params: { it: 'Contiene un carattere NUL.' },
    });
const required = (longest: number) => text(longest).min(1);
const questionType = z.enum(['free_text', 'numeric', 'scale']);
const scaleBound = z.number().int().min(0).max(100).nullable().default(null);
const templateId = z.uuid().nullable().default(null);
const translatedTexts = z.object({
  intro_script: required(3000),
  question_1_text: required(1000),
  question_2_text: required(1000),
  question_3_text: required(1000),
});

const fields = z.object({
  name: required(200),
  description: text(5000).default(''),
  language: z.enum(['en', 'it']),
  organization_name: required(200),
  ...translatedTexts.shape,
  question_1_type: questionType,
  question_2_type: questionType,
  question_3_type: questionType,
  question_1_scale_min: scaleBound,
  question_1_scale_max: scaleBound,
  question_2_scale_min: scaleBound,
  question_2_scale_max: scaleBound,
  question_3_scale_min: scaleBound,
  question_3_scale_max: scaleBound,
  topic: z
    .enum(['general', 'health', 'politics', 'religion', 'finance', 'other_sensitive'])
    .default('general'),
  translations: z
    .object({ en: translatedTexts, it: translatedTexts })
    .partial()
    .nullish()
    .transform((value) => value ?? {}),
  max_attempts: callingRules.max_attempts.default(3),
  retry_interval_minutes: callingRules.retry_interval_minutes.default(60),
  allowed_call_start_local: callingRules.allowed_call_start_local.default('09:00'),
  allowed_call_end_local: callingRules.allowed_call_end_local.default('20:00'),
  allowed_weekdays: callingRules.allowed_weekdays.default(['mon', 'tue', 'wed', 'thu', 'fri']),
  call_on_public_holidays: callingRules.call_on_public_holidays.default(false),
  time_zone: callingRules.time_zone.default(null),
  scheduled_at: z.iso.datetime({ offset: true }).nullable().default(null),
  email_completed_template_id: templateId,
  email_refused_template_id: templateId,
  email_not_reached_template_id: templateId,
});

// A check of several fields runs as soon as those fields are right, so that all faults come at once.
const whenValid = (schema: z.ZodType) => (payload: { value: unknown }) =>
  schema.safeParse(payload.value).success;

const window = fields.pick({ allowed_call_start_local: true, allowed_call_end_local: true });
const spoken = fields.pick({ language: true, translations: true });
const scaleChecks = ([1, 2, 3] as const).map((number) => {
  const min = `question_${number}_scale_min` as const;
  const max = `question_${number}_scale_max` as const;
  const type = `question_${number}_type` as const;
  const scale = z.object({ [type]: questionType, [min]: scaleBound, [max]: scaleBound });
  return z.refine<Partial<CampaignFields>>(
    (value) => value[type] !== 'scale' || (value[min] ?? 1) < (value[max] ?? 5),
    {
      path: [max],
      message: 'The highest value of the scale must be above its lowest.',
      params: { it: 'Il valore massimo della scala deve superare il minimo.' },
      when: whenValid(scale),
    },
  );
});
const windowCheck = z.refine<Partial<CampaignFields>>(
  (value) => value.allowed_call_start_local! < value.allowed_call_end_local!,
  { ...WINDOW_FAULT, when: whenValid(window) },
);
const translationChecks = (['en', 'it'] as const).map((language) =>
  z.refine<Partial<CampaignFields>>(
    (value) => value.language !== language || value.translations?.[language] === undefined,
    { path: ['translations', language], ...OTHER_LANGUAGE_ONLY, when: whenValid(spoken) },
  ),
);

type CampaignFields = z.output<typeof fields>;

/**
 * What a person enters: required are the name, the language, the organisation, the intro and the three questions with
 * their types. Scale questions without bounds go from 1 to 5; bounds of other questions are dropped.
 */
export const campaignInput = fields
  .check(windowCheck, ...scaleChecks, ...translationChecks)
  .transform((value) => ({ ...value, ...scaleBounds(value) }));
export type CampaignInput = z.output<typeof campaignInput>;

const bothEndsCheck = z.refine<Partial<CampaignFields>>(
  ({ allowed_call_start_local: start, allowed_call_end_local: end }) =>
    start === undefined || end === undefined || start < end,
  { ...WINDOW_FAULT, when: whenValid(window) },
);

/** The same for a new campaign, whose calling rules may be left to the installation's own defaults. */
export const newCampaignInput = z
  .object({ ...fields.shape, ...z.object(callingRules).partial().shape })
  .check(bothEndsCheck, ...scaleChecks, ...translationChecks)
  .transform((value) => ({ ...value, ...scaleBounds(value) }));
export type NewCampaignInput = z.output<typeof newCampaignInput>;

/** The whole campaign: what was left out is as the installation has it. Throws when that makes no calling hours. */
export function withDefaults(input: NewCampaignInput, defaults: CallingRules): CampaignInput {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const campaign = { ...defaults, ...given } as CampaignInput;
  if (campaign.allowed_call_start_local < campaign.allowed_call_end_local) return campaign;
  const { path, message, params } = WINDOW_FAULT;
  throw new AppError('request.invalid', message, {
    italian: params.it,
    errors: [{ field: path[0]!, message }],
  });
}

/**
 * The same fields for somebody who changes a campaign, as they are described to clients; what may be left out depends on
 * the status, so the verb checks them.
 */
export const campaignChanges = z.looseObject({}).meta({
  properties: z.toJSONSchema(fields, { io: 'input', unrepresentable: 'any' }).properties,
});

/** The names of all editable fields, in the order of the form. */
export const CAMPAIGN_FIELDS = Object.keys(fields.shape) as (keyof CampaignInput)[];

type ScaleField = `question_${1 | 2 | 3}_${'type' | 'scale_min' | 'scale_max'}`;

function scaleBounds(value: Pick<CampaignFields, ScaleField>) {
  const bounds = ([1, 2, 3] as const).flatMap((number) => {
    const min = `question_${number}_scale_min` as const;
    const max = `question_${number}_scale_max` as const;
    const isScale = value[`question_${number}_type`] === 'scale';
    return [
      [min, isScale ? (value[min] ?? 1) : null],
      [max, isScale ? (value[max] ?? 5) : null],
    ];
  });
  return Object.fromEntries(bounds) as Pick<CampaignFields, `question_${1 | 2 | 3}_scale_${'min' | 'max'}`>;
}

/** What a person would enter to get this campaign. */
export function inputOf(campaign: Campaign): CampaignInput {
  const fields = Object.fromEntries(CAMPAIGN_FIELDS.map((field) => [field, campaign[field]]));
  return {
    ...(fields as CampaignInput),
    translations: campaign.translations as Translations,
    scheduled_at: campaign.scheduled_at?.toISOString() ?? null,
  };
}
