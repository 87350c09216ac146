import { z } from 'zod';
import { AppError, type FieldError } from '../errors.ts';

/** The value as the schema understands it, or `request.invalid` with every fault, in the asker's language. */
export function checkInput<T>(schema: z.ZodType<T>, value: unknown, language: 'en' | 'it'): T {
  const error = z.locales[language]().localeError;
  const parsed = schema.safeParse(value, { error: (issue) => error(issue) });
  if (parsed.success) return parsed.data;
  const errors: FieldError[] = parsed.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    message: String((language === 'it' && issue.code === 'custom' && issue.params?.it) || issue.message),
  }));
  throw new AppError('request.invalid', 'Some fields are not right.', { errors });
}
