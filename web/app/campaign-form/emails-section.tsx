import { Select, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { useEmailTemplates } from '../../lib/api/campaigns.ts';
import { useMe } from '../../lib/api/session.ts';
import type { SectionProps } from './section-props.ts';

const TYPES = ['completed', 'refused', 'not_reached'] as const;

/** Which letter follows which end; shown only to those who may read the templates, what was chosen before stays. */
export function EmailsSection({ form }: Pick<SectionProps, 'form'>) {
  const { t } = useTranslation();
  const me = useMe();
  const templates = useEmailTemplates(me.data?.role === 'admin');
  if (!templates.data) return null;
  return (
    <Section title={t('form.emails')} hint={t('form.emails_hint')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {TYPES.map((type) => (
          <Select
            key={type}
            label={t(`contact_state.${type}`)}
            placeholder={t('form.no_email')}
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={templates.data.items
              .filter((template) => template.type === type)
              .map((template) => ({
                value: template.id,
                label: `${template.name} (${template.locale.toUpperCase()})`,
              }))}
            {...form.getInputProps(`email_${type}_template_id`)}
          />
        ))}
      </SimpleGrid>
    </Section>
  );
}
