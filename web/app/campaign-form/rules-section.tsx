import { Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { TIME_ZONES } from '../../lib/time-zones.ts';
import { WEEKDAYS } from '../../lib/weekdays.ts';
import type { SectionProps } from './section-props.ts';

/** When people may be called, and how often again. */
export function RulesSection({ form }: Pick<SectionProps, 'form'>) {
  const { t } = useTranslation();
  return (
    <Section title={t('form.rules')} hint={t('form.rules_hint')}>
      <Stack>
        <Checkbox.Group label={t('form.weekdays')} {...form.getInputProps('allowed_weekdays')}>
          <Group gap="md" mt={6}>
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} value={day} label={t(`weekday.${day}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          <TextInput type="time" label={t('form.from')} {...form.getInputProps('allowed_call_start_local')} />
          <TextInput type="time" label={t('form.until')} {...form.getInputProps('allowed_call_end_local')} />
          <NumberInput
            label={t('form.max_attempts')}
            min={1}
            max={5}
            allowDecimal={false}
            {...form.getInputProps('max_attempts')}
          />
          <NumberInput
            label={t('form.retry_interval')}
            min={1}
            max={525_600}
            allowDecimal={false}
            suffix={` ${t('form.minutes')}`}
            {...form.getInputProps('retry_interval_minutes')}
          />
        </SimpleGrid>
        <Select
          label={t('form.time_zone')}
          description={t('form.time_zone_hint')}
          placeholder={t('form.time_zone_none')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('action.clear') }}
          data={TIME_ZONES}
          limit={60}
          maw={420}
          {...form.getInputProps('time_zone')}
        />
        <Switch
          label={t('form.holidays')}
          {...form.getInputProps('call_on_public_holidays', { type: 'checkbox' })}
        />
      </Stack>
    </Section>
  );
}
