import { Alert, Box, Code, Text } from '@mantine/core';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import type { AuditVerdict } from '../../../lib/api/admin/audit.ts';
import { useFormat } from '../../../lib/i18n/format.ts';

type Props = { verdict: AuditVerdict | undefined; error: unknown };

/** Whether the log is whole; its end can be noted elsewhere, to prove later that nothing before it has changed. */
export function AuditVerdictAlert({ verdict, error }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (error) {
    return (
      <Box mb="lg">
        <ProblemAlert error={error} />
      </Box>
    );
  }
  if (!verdict) return null;
  const { fault, head, entries } = verdict;
  const isWhole = fault === null;
  return (
    <Alert
      mb="lg"
      role={isWhole ? 'status' : 'alert'}
      color={isWhole ? 'green' : 'red'}
      icon={isWhole ? <ShieldCheck aria-hidden /> : <ShieldAlert aria-hidden />}
      title={
        isWhole
          ? t('admin.audit.whole', { count: entries, shown: format.number(entries) })
          : t('admin.audit.broken', { id: fault.at })
      }
    >
      {isWhole ? (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('admin.audit.head')} <Code>{head}</Code>
        </Text>
      ) : (
        t(`admin.audit_fault.${fault.kind}`)
      )}
    </Alert>
  );
}
