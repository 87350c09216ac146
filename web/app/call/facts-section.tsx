import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { Section } from '../../components/section.tsx';
import type { Call } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

/** How the call ended, how long it took, and where the provider keeps its own record of it. */
export function FactsSection({ call }: { call: Call }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { answered_at, ended_at } = call;
  const seconds = answered_at && ended_at ? (Date.parse(ended_at) - Date.parse(answered_at)) / 1000 : null;
  return (
    <Section title={t('call.facts')}>
      <FieldList
        fields={[
          [t('call.disposition'), call.disposition ? label('disposition', call.disposition) : NOTHING],
          [t('call.duration'), format.duration(seconds)],
          [t('call.language'), t(`language.${call.language}`)],
          [t('call.provider'), call.provider_name],
          [t('call.provider_call_id'), call.provider_call_id ?? NOTHING],
          ...(call.error_code ? [[t('call.error_code'), call.error_code] as [string, string]] : []),
        ]}
      />
    </Section>
  );
}
