import { NumberInput, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/section.tsx';
import type { LawForm } from './law-form.ts';

/** The register of people who object to calls: which one, how fresh its answer must be, when it was asked. */
export function RegisterSection({ form }: LawForm) {
  const { t } = useTranslation();
  return (
    <Section title={t('admin.law.register')} hint={t('admin.law.register_hint')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('admin.law.register_name')}
            description={t('admin.law.register_name_hint')}
            {...form.getInputProps('register_name')}
          />
          <NumberInput
            label={t('admin.law.register_max_age')}
            description={t('admin.law.register_max_age_hint')}
            min={1}
            max={365}
            allowDecimal={false}
            suffix={` ${t('admin.retention.days')}`}
            {...form.getInputProps('register_max_age_days')}
          />
          <TextInput
            type="date"
            label={t('admin.law.register_checked')}
            description={t('admin.law.register_checked_hint')}
            {...form.getInputProps('register_checked_at')}
          />
          <TextInput
            label={t('admin.law.register_file')}
            description={t('admin.law.register_file_hint')}
            {...form.getInputProps('register_file_name')}
          />
        </SimpleGrid>
        <Textarea
          label={t('admin.law.remark')}
          description={t('admin.law.remark_hint')}
          autosize
          minRows={2}
          maxLength={1_000}
          {...form.getInputProps('caller_id_remark')}
        />
      </Stack>
    </Section>
  );
}
