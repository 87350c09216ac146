import { z } from 'zod';

/** A whole number between two others. */
export const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
/** An http or https address, kept to the letter. */
export const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** The same without slashes at its end, so that paths can be put behind it. */
export const url = address.transform((text) => text.replace(/\/+$/, ''));
