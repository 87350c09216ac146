import type { AppError, ErrorCode } from '../../errors.ts';
import { ITALIAN_DETAILS } from './italian-details.ts';

/** The one place where an error becomes an HTTP status. */
export const STATUS = {
  'auth.required': 401,
  'auth.invalid_token': 401,
  'auth.no_role': 403,
  'auth.forbidden': 403,
  'auth.disabled': 403,
  'auth.email_taken': 403,
  'auth.sign_in_failed': 403,
  'auth.bad_logout_token': 400,
  'user.own_account': 409,
  'auth.cross_site': 403,
  'request.malformed': 400,
  'request.invalid': 422,
  'request.too_large': 413,
  'request.unsupported_media_type': 415,
  'request.too_many': 429,
  'request.stale': 412,
  'resource.not_found': 404,
  'campaign.bad_move': 409,
  'campaign.not_ready': 409,
  'campaign.not_editable': 409,
  'campaign.field_locked': 409,
  'campaign.closed': 409,
  'contact.bad_move': 409,
  'contact.legal_hold': 409,
  'contact.number_taken': 409,
  'contact.in_call': 409,
  'import.missing_column': 422,
  'import.unreadable': 422,
  'import.too_many_rows': 422,
  'import.too_many_columns': 422,
  'import.cell_too_long': 422,
  'import.too_slow': 422,
  'import.already_running': 409,
  'call.bad_move': 409,
  'rehearsal.over': 409,
  'rehearsal.moved': 409,
  'template.in_use': 409,
  'template.name_taken': 409,
  'exclusion.exists': 409,
  'settings.unknown_provider': 422,
  'settings.unknown_model': 422,
  'webhook.bad_signature': 403,
  'webhook.address_refused': 422,
  'server.unavailable': 503,
  'server.internal': 500,
} as const satisfies Record<ErrorCode, number>;

/** A broken constraint of the database, as the error that a caller can act on. */
export const CONSTRAINTS: Record<string, ErrorCode> = {
  campaign_bad_move: 'campaign.bad_move',
  contact_bad_move: 'contact.bad_move',
  contact_phone_unique: 'contact.number_taken',
  call_attempt_settled: 'call.bad_move',
  user_email_unique: 'auth.email_taken',
  email_template_name_unique: 'template.name_taken',
  email_template_default_unique: 'template.name_taken',
  email_notification_template_id_fkey: 'template.in_use',
  campaign_email_completed_template_id_fkey: 'template.in_use',
  campaign_email_refused_template_id_fkey: 'template.in_use',
  campaign_email_not_reached_template_id_fkey: 'template.in_use',
};

/** RFC 9457, with the members that clients rely on. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  request_id: string;
  errors?: { field: string; message: string }[];
  [extra: string]: unknown;
};

/** The problem document of an error, in the language of the request. */
export function toProblem(error: AppError, request_id: string, language: 'en' | 'it'): Problem {
  const status = STATUS[error.code];
  return {
    type: `urn:voicesurveyagent:problem:${error.code}`,
    title: TITLES[language][status],
    status,
    detail: language === 'it' ? (error.italian ?? ITALIAN_DETAILS[error.code]) : error.message,
    code: error.code,
    request_id,
    ...(error.errors ? { errors: error.errors } : {}),
    ...error.extra,
  };
}

type Status = (typeof STATUS)[ErrorCode];

const TITLES: Record<'en' | 'it', Record<Status, string>> = {
  en: {
    400: 'Malformed request',
    401: 'Sign in first',
    403: 'Not allowed',
    404: 'Not found',
    409: 'Not possible now',
    412: 'Changed meanwhile',
    413: 'Too large',
    415: 'Unsupported media type',
    422: 'Not valid',
    429: 'Too many requests',
    500: 'Internal error',
    503: 'Not available now',
  },
  it: {
    400: 'Richiesta non leggibile',
    401: "Serve l'accesso",
    403: 'Non consentito',
    404: 'Non trovato',
    409: 'Ora non è possibile',
    412: 'Modificato nel frattempo',
    413: 'Troppo grande',
    415: 'Tipo di contenuto non accettato',
    422: 'Non valido',
    429: 'Troppe richieste',
    500: 'Errore interno',
    503: 'Ora non disponibile',
  },
};
