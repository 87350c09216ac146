/** The closed list of what can go wrong for a caller; stable, part of the API. Status codes are the edge's business. */
export const ERROR_CODES = [
  'auth.required',
  'auth.invalid_token',
  'auth.no_role',
  'auth.forbidden',
  'auth.disabled',
  'auth.email_taken',
  'auth.sign_in_failed',
  'auth.bad_logout_token',
  'user.own_account',
  'auth.cross_site',
  'request.malformed',
  'request.invalid',
  'request.too_large',
  'request.unsupported_media_type',
  'request.too_many',
  'request.stale',
  'resource.not_found',
  'campaign.bad_move',
  'campaign.not_ready',
  'campaign.not_editable',
  'campaign.field_locked',
  'campaign.closed',
  'contact.bad_move',
  'contact.legal_hold',
  'contact.number_taken',
  'contact.in_call',
  'import.missing_column',
  'import.unreadable',
  'import.too_many_rows',
  'import.too_many_columns',
  'import.cell_too_long',
  'import.too_slow',
  'import.already_running',
  'call.bad_move',
  'rehearsal.over',
  'rehearsal.moved',
  'template.in_use',
  'template.name_taken',
  'exclusion.exists',
  'settings.unknown_provider',
  'settings.unknown_model',
  'webhook.bad_signature',
  'webhook.address_refused',
  'server.unavailable',
  'server.internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One fault of one field; `field` is the wire name. */
export type FieldError = { field: string; message: string };

/** An error a caller is meant to see: `detail` is one sentence without personal data, SQL or stack. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  readonly errors: FieldError[] | undefined;
  /** The sentence for who reads Italian, where the code's own is not precise enough. */
  readonly italian: string | undefined;
  /** Further members of the problem document, such as `possible` or `checks`. */
  readonly extra: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    more: { cause?: unknown; errors?: FieldError[]; italian?: string; extra?: Record<string, unknown> } = {},
  ) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.italian = more.italian;
    this.extra = more.extra;
  }
}
