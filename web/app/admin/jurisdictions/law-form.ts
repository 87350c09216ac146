import type { UseFormReturnType } from '@mantine/form';
import type { JurisdictionValues } from './jurisdiction-values.ts';

/** The form of a profile, as its sections get it. */
export type LawForm = { form: UseFormReturnType<JurisdictionValues & { reason: string }> };
