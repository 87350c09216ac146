import { Badge, Code, Stack, Text } from '@mantine/core';
import { ShieldCheck, ShieldX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** The evidence of the consent: the words, the moment, the version of the text, and what decided. */
export function ConsentSection({ consent }: { consent: Call['consent'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  if (!consent) {
    return (
      <Section title={t('call.consent')}>
        <Text c="dimmed">{t('call.no_consent')}</Text>
      </Section>
    );
  }
  const isGranted = consent.decision === 'granted';
  const Icon = isGranted ? ShieldCheck : ShieldX;
  return (
    <Section title={t('call.consent')}>
      <Stack>
        <Badge
          color={isGranted ? 'green' : 'orange'}
          variant="light"
          tt="none"
          size="lg"
          leftSection={<Icon size={14} aria-hidden />}
        >
          {isGranted ? t('call.granted') : t('call.refused')}
        </Badge>
        <FieldList
          fields={[
            [t('call.words'), consent.words === null ? t('call.hidden') : `“${consent.words}”`],
            ...(consent.reason
              ? [[t('call.reason'), label('disposition', consent.reason)] as [string, string]]
              : []),
            [t('call.decided_at'), format.dateTime(consent.decided_at)],
            [t('call.decided_by'), <Code key="by">{consent.decided_by}</Code>],
            [t('call.script'), String(consent.script_version)],
            [t('call.hash'), <Code key="hash">{consent.script_hash.slice(0, 16)}</Code>],
          ]}
        />
      </Stack>
    </Section>
  );
}
