import { Fieldset, Group, NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/section.tsx';
import type { LawForm } from './law-form.ts';

/** When people may be called and how often; a day without hours is a day without calls. */
export function HoursSection({ form }: LawForm) {
  const { t } = useTranslation();
  return (
    <Section title={t('admin.law.hours')} hint={t('admin.law.hours_hint')}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {(['weekday', 'saturday', 'sunday'] as const).map((day) => (
            <Fieldset key={day} legend={t(`admin.law_day.${day}`)} p="sm">
              <Group grow align="flex-start">
                <TextInput type="time" label={t('form.from')} {...form.getInputProps(`${day}_start`)} />
                <TextInput type="time" label={t('form.until')} {...form.getInputProps(`${day}_end`)} />
              </Group>
            </Fieldset>
          ))}
        </SimpleGrid>
        <Switch
          label={t('admin.law.holidays')}
          {...form.getInputProps('public_holidays_allowed', { type: 'checkbox' })}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput
            label={t('admin.law.max_attempts')}
            min={1}
            max={5}
            allowDecimal={false}
            {...form.getInputProps('max_attempts')}
          />
          <NumberInput
            label={t('admin.law.per_30_days')}
            min={1}
            max={100}
            allowDecimal={false}
            {...form.getInputProps('max_attempts_per_30_days')}
          />
          <NumberInput
            label={t('admin.law.gap')}
            min={0}
            allowDecimal={false}
            suffix={` ${t('form.minutes')}`}
            {...form.getInputProps('min_gap_minutes')}
          />
        </SimpleGrid>
      </Stack>
    </Section>
  );
}
