import { Button, Group, NumberInput, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { CircleAlert, CircleCheck, Clock, WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import type { ScriptPreview } from '../../lib/api/model.ts';
import { asProblem } from '../../lib/api/problem.ts';
import { previewScript, useScriptPreview } from '../../lib/api/scripts.ts';
import type { IntroSlots } from './intro-slots.ts';
import classes from './script-section.module.css';
import { lockOf, type SectionProps } from './section-props.ts';

const TYPING_MS = 400;
type Props = SectionProps & { slots: IntroSlots; onSlots(slots: IntroSlots): void };

/** The introduction, spoken word for word: assembled from a few words or written, and judged while it is written. */
export function ScriptSection({ form, locks, slots, onSlots }: Props) {
  const { t } = useTranslation();
  const { intro_script, organization_name, language, ...values } = form.getValues();
  const { question_1_text, question_2_text, question_3_text } = values;
  const questions = { question_1_text, question_2_text, question_3_text };
  const [draft] = useDebouncedValue({ language, organization_name, intro_script, ...questions }, TYPING_MS);
  const preview = useScriptPreview(draft);
  const isLocked = locks.intro_script !== undefined;
  const assemble = async () => {
    if (organization_name.trim() === '') {
      form.setFieldError('organization_name', t('form.organization_first'));
      form.getInputNode('organization_name')?.focus();
      return;
    }
    const purpose = slots.purpose.trim() || t('form.purpose_default', { lng: language });
    const assembled = { ...slots, purpose, contact: slots.contact.trim() || null };
    try {
      const made = await previewScript({ language, organization_name, slots: assembled });
      form.setFieldValue('intro_script', made.intro_script);
      form.clearFieldError('intro_script');
    } catch (error) {
      notify(asProblem(error).message || t('error.unreachable'), 'red');
    }
  };
  return (
    <Section title={t('form.script')} hint={t('form.script_hint')}>
      <Stack gap="sm">
        {!isLocked && <Slots slots={slots} onSlots={onSlots} onAssemble={() => void assemble()} />}
        <Textarea
          withAsterisk
          label={t('form.intro_script')}
          autosize
          minRows={5}
          maxLength={3000}
          lang={language}
          {...lockOf(locks, 'intro_script')}
          {...form.getInputProps('intro_script')}
        />
        {preview.data && <Verdict preview={preview.data} isEmpty={intro_script.trim() === ''} />}
      </Stack>
    </Section>
  );
}

function Slots({ slots, onSlots, onAssemble }: Omit<Props, 'form' | 'locks'> & { onAssemble(): void }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }} style={{ alignItems: 'end' }}>
      <TextInput
        label={t('form.purpose')}
        placeholder={t('form.purpose_default')}
        maxLength={300}
        value={slots.purpose}
        onChange={(event) => onSlots({ ...slots, purpose: event.currentTarget.value })}
      />
      <NumberInput
        label={t('form.duration')}
        min={1}
        max={15}
        allowDecimal={false}
        clampBehavior="strict"
        suffix={` ${t('form.minutes')}`}
        value={slots.duration_minutes}
        onChange={(value) => onSlots({ ...slots, duration_minutes: typeof value === 'number' ? value : 2 })}
      />
      <TextInput
        label={t('form.contact')}
        placeholder={t('form.contact_example')}
        maxLength={200}
        value={slots.contact}
        onChange={(event) => onSlots({ ...slots, contact: event.currentTarget.value })}
      />
      <Button variant="light" leftSection={<WandSparkles size={15} aria-hidden />} onClick={onAssemble}>
        {t('form.insert_intro')}
      </Button>
    </SimpleGrid>
  );
}

/** What the introduction says and what it still lacks, and how long everything takes to say. */
function Verdict({ preview, isEmpty }: { preview: ScriptPreview; isEmpty: boolean }) {
  const { t } = useTranslation();
  const { intro, total } = preview.spoken_seconds;
  return (
    <>
      <ul className={classes.list} aria-label={t('form.script_checks')}>
        {preview.checks.map(({ code, ok, message }) => {
          const isMet = ok && !isEmpty;
          const Icon = isMet ? CircleCheck : CircleAlert;
          return (
            <li key={code} className={classes.row} data-met={isMet}>
              <Icon size={16} aria-hidden className={classes.icon} />
              <Text size="sm" component="span">
                <span className={classes.state}>{t(isMet ? 'readiness.ok' : 'readiness.error')}: </span>
                {message}
              </Text>
            </li>
          );
        })}
      </ul>
      <Group gap={6} c="dimmed" mih={24}>
        {total > 0 && (
          <>
            <Clock size={15} aria-hidden />
            <Text size="sm">
              {t('form.spoken', { count: intro })} · {t('form.spoken_total', { count: total })}
            </Text>
          </>
        )}
      </Group>
    </>
  );
}
