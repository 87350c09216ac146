import { z } from 'zod';
import type { Role } from '../auth/user.ts';
import type { Contact } from './contact.ts';

export const CONTACT_COLUMNS = [
  'id',
  'campaign_id',
  'external_contact_id',
  'phone_number',
  'email',
  'preferred_language',
  'has_prior_consent',
  'do_not_call',
  'time_zones',
  'time_zone_source',
  'state',
  'attempts_count',
  'last_attempt_at',
  'next_attempt_at',
  'last_outcome',
  'aapor_code',
  'excluded_reason',
  'not_reached_reason',
  'created_at',
  'updated_at',
] as const;
export type ShownContact = Pick<Contact, (typeof CONTACT_COLUMNS)[number]>;

/** A contact on the wire. */
export const contactAnswerSchema = z.object({
  id: z.string(),
  campaign_id: z.string(),
  external_contact_id: z.string().nullable(),
  /** Null once its time is over. */
  phone_number: z.string().nullable(),
  email: z.string().nullable(),
  preferred_language: z.enum(['en', 'it', 'auto']),
  has_prior_consent: z.boolean(),
  do_not_call: z.boolean(),
  time_zones: z.array(z.string()),
  time_zone_source: z.enum(['csv', 'number', 'campaign', 'none']),
  state: z.enum(['pending', 'in_progress', 'completed', 'refused', 'not_reached', 'excluded']),
  attempts_count: z.number().int(),
  last_attempt_at: z.date().nullable(),
  next_attempt_at: z.date().nullable(),
  last_outcome: z.enum(['completed', 'refused', 'no_answer', 'busy', 'failed']).nullable(),
  aapor_code: z.string(),
  excluded_reason: z.string().nullable(),
  not_reached_reason: z.string().nullable(),
  created_at: z.date(),
  updated_at: z.date(),
});

/** A viewer sees neither a whole number nor an address. */
export function contactAnswer(contact: ShownContact, role: Role): ShownContact {
  if (role !== 'viewer') return contact;
  const { phone_number, email } = contact;
  return {
    ...contact,
    phone_number: phone_number && maskPhone(phone_number),
    email: email && maskEmail(email),
  };
}

function maskPhone(phone_number: string): string {
  return `${phone_number.slice(0, 3)}${'•'.repeat(Math.max(0, phone_number.length - 6))}${phone_number.slice(-3)}`;
}

function maskEmail(email: string): string {
  return `${email.slice(0, 1)}•••@•••`;
}
