import type { UseFormReturnType } from '@mantine/form';
import type { FormValues } from './form-values.ts';

/** The form as its sections take it. */
export type CampaignFormApi = UseFormReturnType<FormValues>;

/** Why a field cannot be changed now, by its name, in the reader's language; the server says so. */
export type Locks = Readonly<Record<string, string>>;
export type SectionProps = { form: CampaignFormApi; locks: Locks };

/** What a locked input shows: that it is locked, and why. */
export function lockOf(locks: Locks, field: keyof FormValues) {
  const reason = locks[field];
  return reason === undefined ? {} : { disabled: true, description: reason };
}
