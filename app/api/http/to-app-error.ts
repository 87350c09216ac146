import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { AppError, type ErrorCode } from '../../errors.ts';
import { CONSTRAINTS } from './errors.ts';
import { type Phrase, phrase } from './phrases.ts';

type Thrown = { code?: unknown; statusCode?: unknown; constraint?: unknown };

// What Node and PostgreSQL say when the database cannot be reached or is going away (SQLSTATE classes 08, 53, 57).
const UNREACHABLE = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|08|53|57)/;
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered/;

const BY_STATUS: Record<number, [ErrorCode, Phrase]> = {
  400: ['request.malformed', 'malformed'],
  404: ['resource.not_found', 'not_found'],
  // The router's word for a parameter longer than any id: it names nothing.
  414: ['resource.not_found', 'not_found'],
  413: ['request.too_large', 'too_large'],
  415: ['request.unsupported_media_type', 'media_type'],
  429: ['request.too_many', 'too_many'],
};

/** Whatever was thrown, as an error that may be shown: no stack, no SQL, no personal data. */
export function toAppError(error: unknown, language: 'en' | 'it'): AppError {
  if (error instanceof AppError) return error;
  const say = (code: ErrorCode, name: Phrase) => new AppError(code, phrase(name, language), { cause: error });
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error.validation, language);
  const { code, statusCode, constraint } = (error ?? {}) as Thrown;
  const broken = typeof constraint === 'string' ? CONSTRAINTS[constraint] : undefined;
  if (broken) return say(broken, 'taken');
  const text = error instanceof Error ? error.message : '';
  if ((typeof code === 'string' && UNREACHABLE.test(code)) || LOST_CONNECTION.test(text)) {
    return say('server.unavailable', 'unavailable');
  }
  const known = typeof statusCode === 'number' ? BY_STATUS[statusCode] : undefined;
  return known ? say(...known) : say('server.internal', 'internal');
}

type Validation = {
  keyword?: string;
  instancePath: string;
  message?: string;
  params?: Record<string, unknown> & { params?: { it?: string } };
};

function invalid(faults: readonly Validation[], language: 'en' | 'it'): AppError {
  const errors = faults.map((fault) => ({
    field: fault.instancePath.replace(/^\//, '').replaceAll('/', '.'),
    message: messageOf(fault, language),
  }));
  return new AppError('request.invalid', phrase('invalid', language), { errors });
}

const italian = z.locales.it().localeError;

/** The schema library speaks English unless told otherwise; a rule of our own brings its Italian along. */
function messageOf(fault: Validation, language: 'en' | 'it'): string {
  const english = fault.message ?? phrase('invalid', language);
  if (language === 'en') return english;
  if (fault.keyword === 'custom') return fault.params?.params?.it ?? english;
  const said = italian({ ...fault.params, code: fault.keyword } as Parameters<typeof italian>[0]);
  return typeof said === 'string' ? said : (said?.message ?? english);
}
