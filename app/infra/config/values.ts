import { z } from 'zod';
import { Secret } from './secret.ts';

/** A whole number within bounds. */
export const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** How long an outside server may take, in milliseconds. */
export const timeout = (fallback: number) => whole(fallback, 100, 600_000);

/** Kept to the letter: some issuers' names end in a slash. */
export const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** An address to which paths are added. */
export const url = address.transform((text) => text.replace(/\/+$/, ''));

/** Used and never shown. */
export const secret = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));

/** 32 random bytes. */
export const key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'must be 32 random bytes in base64')
  .transform((bytes) => new Secret(bytes));

/** Words between commas. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );

/** A proxy may want a password, which is part of its address. */
export const proxy = address.optional().transform((text) => (text ? new Secret(text) : null));

/** Values of the claim and the role that each gives. */
export const roleMap = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return z.record(z.string(), z.enum(['admin', 'campaign_manager', 'viewer'])).parse(JSON.parse(text));
    } catch {
      context.addIssue('must be JSON such as {"survey-admins":"admin"}');
      return z.NEVER;
    }
  });

/** Keys between commas. */
export const keys = list.transform((texts, context) => {
  const read = texts.map((one) => key.safeParse(one));
  if (read.some((one) => !one.success)) {
    context.addIssue('must be keys of 32 random bytes in base64, comma-separated');
    return z.NEVER;
  }
  return read.map((one) => one.data!);
});
