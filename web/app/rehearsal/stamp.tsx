import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rehearsal, TrialRun } from '../../lib/api/model.ts';

type Stamped = Pick<Rehearsal | TrialRun, 'is_draft' | 'script_version' | 'language' | 'interpreter'>;

/** Which wording was played, in which language and understood by what. */
export function Stamp({ stamp }: { stamp: Stamped }) {
  const { t } = useTranslation();
  const { is_draft, script_version, language, interpreter } = stamp;
  const by =
    interpreter === 'rules' ? t('rehearsal.by_rules') : t('rehearsal.by_model', { model: interpreter });
  return (
    <Group component="span" gap={8}>
      <Badge component="span" color={is_draft ? 'orange' : 'green'} variant="light" tt="none">
        {t(is_draft ? 'rehearsal.draft' : 'rehearsal.approved')}
      </Badge>
      <Text component="span" size="sm">
        {[t('rehearsal.version', { version: script_version }), t(`language.${language}`), by].join(' · ')}
      </Text>
    </Group>
  );
}
