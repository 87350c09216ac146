import type { UseFormReturnType } from '@mantine/form';
import type { FormValues } from './form-values.ts';

/** The form as its sections take it. */
export type CampaignFormApi = UseFormReturnType<FormValues>;
export type SectionProps = { form: CampaignFormApi; isLocked: boolean };
