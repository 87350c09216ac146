import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { COLUMNS } from '../../contacts/csv/columns.ts';
import { isCountry } from '../../contacts/phone.ts';
import { AppError } from '../../errors.ts';

/** How a contact or exclusion file is to be read. */
export const uploadQuery = z.object({
  delimiter: z.enum(['auto', 'comma', 'semicolon', 'tab']).default('auto'),
  default_country: z
    .string()
    .transform((code) => code.toUpperCase())
    .refine(isCountry, 'must be a country such as IT')
    .optional(),
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
export async function readUpload(request: FastifyRequest) {
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
  return { file: cutIsAnError(part), file_name: part.filename, mapping: mappingOf(part) };
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

/** A file over the limit ends early and would look whole; here its end is an error. */
async function* cutIsAnError(part: MultipartFile): AsyncGenerator<Buffer> {
  for await (const chunk of part.file) yield chunk as Buffer;
  if (part.file.truncated) throw new AppError('request.too_large', 'The file is larger than allowed.');
}
