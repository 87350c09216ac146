import type { UseFormReturnType } from '@mantine/form';
import type { FormValues } from './form-values.ts';

/** The form as its sections take it. */
export type CampaignFormApi = UseFormReturnType<FormValues>;

/** Why a field cannot be changed now, by its name, in the reader's language; the server says so. */
export type Locks = Readonly<Record<string, string>>;
export type SectionProps = { form: CampaignFormApi; locks: Locks };

// Not disabled: what is locked can still be read and copied, by everybody.
export const LOCKED = { readOnly: true, variant: 'filled' } as const;

/** What a locked input shows: that it is locked, and why. */
export function lockOf(locks: Locks, field: keyof FormValues) {
  const reason = locks[field];
  return reason === undefined ? {} : { ...LOCKED, description: reason };
}
