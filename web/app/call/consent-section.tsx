import { Badge, Text } from '@mantine/core';
import { ShieldCheck, ShieldX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** The evidence of consent: the decision, the words, the wording it answers to. */
export function ConsentSection({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { consent } = call;
  if (!consent) {
    return (
      <Section title={t('call.consent')}>
        <Text size="sm" c="dimmed">
          {t('call.no_consent')}
        </Text>
      </Section>
    );
  }
  const isGranted = consent.decision === 'granted';
  const Icon = isGranted ? ShieldCheck : ShieldX;
  return (
    <Section
      title={t('call.consent')}
      aside={
        <Badge
          color={isGranted ? 'green' : 'orange'}
          variant="light"
          tt="none"
          size="lg"
          leftSection={<Icon size={15} aria-hidden />}
        >
          {t(`consent.${consent.decision}`)}
        </Badge>
      }
    >
      <FieldList
        fields={[
          [t('call.words'), consent.words ? <q lang={call.language}>{consent.words}</q> : NOTHING],
          ...(consent.reason ? [[t('call.reason'), consent.reason] as [string, string]] : []),
          [t('call.decided_at'), format.dateTime(consent.decided_at)],
          [t('call.decided_by'), label('decided_by', consent.decided_by)],
          [t('call.script_version'), String(consent.script_version)],
          [t('call.script_hash'), <code key="hash">{consent.script_hash}</code>],
        ]}
      />
    </Section>
  );
}
