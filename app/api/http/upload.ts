import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { COLUMNS } from '../../contacts/csv/columns.ts';
import { isCountry } from '../../contacts/phone.ts';
import { AppError } from '../../errors.ts';

/** In which country numbers without a calling code are: ISO 3166 alpha-2. */
export const countryCode = z
  .string()
  .transform((code) => code.toUpperCase())
  .refine(isCountry, 'must be a country such as IT');

/** How a contact or exclusion file is to be read. */
export const uploadQuery = z.object({
  delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab']).default('auto'),
  default_country: countryCode.optional(),
  import_id: z.uuid().optional(),
});

/** What an upload answers: the contract's counts and the first errors. */
export const uploadAnswer = z.object({
  import_id: z.string(),
  total_rows: z.number(),
  accepted_count: z.number(),
  rejected_count: z.number(),
  duplicate_count: z.number(),
  excluded_count: z.number(),
  acceptance_rate: z.number().nullable(),
  same_file_as: z.string().optional(),
  errors: z.array(
    z.object({
      line_number: z.number(),
      field: z.string(),
      code: z.string(),
      error: z.string(),
      value: z.string(),
    }),
  ),
});

const mappingSchema = z.partialRecord(z.enum(COLUMNS), z.string().max(200));

/** The file of a multipart upload, still on the socket, and the mapping sent before it. */
export async function readUpload(request: FastifyRequest, limits: Limits) {
  if (!request.isMultipart()) {
    throw new AppError('request.unsupported_media_type', 'Send the file as multipart/form-data.');
  }
  const part = await request.file().catch((cause: unknown) => {
    throw new AppError('request.malformed', 'The multipart body cannot be read.', { cause });
  });
  if (!part) {
    throw new AppError('request.malformed', 'Send the file as multipart field "file".', {
      errors: [{ field: 'file', message: 'missing' }],
    });
  }
  return { file: bounded(part, limits), file_name: part.filename, mapping: mappingOf(part) };
}

function mappingOf(part: MultipartFile) {
  const field = part.fields.mapping;
  if (!field || Array.isArray(field) || field.type !== 'field') return undefined;
  try {
    return mappingSchema.parse(JSON.parse(String(field.value)));
  } catch (cause) {
    part.file.resume();
    throw new AppError('request.invalid', 'The mapping must be JSON: our column → theirs.', {
      cause,
      errors: [{ field: 'mapping', message: 'must be JSON: our column → theirs' }],
    });
  }
}

type Limits = { bytes: number; seconds: number; silence_seconds: number };

/** The file's bytes. One over the limit ends early and would look whole: here its end is an error; so is dawdling. */
async function* bounded(part: MultipartFile, limits: Limits): AsyncGenerator<Buffer> {
  const stopAfter = (seconds: number) =>
    setTimeout(() => part.file.destroy(tooSlow(seconds)), seconds * 1_000).unref();
  const whole = stopAfter(limits.seconds);
  let silence = stopAfter(limits.silence_seconds);
  try {
    for await (const chunk of part.file) {
      clearTimeout(silence);
      yield chunk as Buffer;
      silence = stopAfter(limits.silence_seconds);
    }
    if (part.file.truncated) throw tooLarge(limits.bytes);
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
  }
}

function tooLarge(limit_bytes: number): AppError {
  const size = `${limit_bytes / 1024 / 1024} MiB`;
  return new AppError('request.too_large', `The file is larger than ${size}.`, {
    italian: `Il file supera i ${size}.`,
    extra: { limit_bytes },
  });
}

function tooSlow(limit_seconds: number): AppError {
  return new AppError('import.too_slow', `The upload was given up after ${limit_seconds} seconds.`, {
    italian: `Il caricamento è stato interrotto dopo ${limit_seconds} secondi.`,
    extra: { limit_seconds },
  });
}
