import { Anchor, Drawer, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ContactBadge, OutcomeBadge } from '../../components/status-badge.tsx';
import { useContact } from '../../lib/api/contacts.ts';
import type { ContactDetail } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';

type Props = { campaign_id: string; contact_id: string | undefined; onClose(): void };

/** One contact beside the list: who, when, and every call made to it. */
export function ContactDrawer({ campaign_id, contact_id, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={contact_id !== undefined}
      onClose={onClose}
      position="right"
      title={t('contacts.one')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {contact_id && <ContactCard campaign_id={campaign_id} contact_id={contact_id} />}
    </Drawer>
  );
}

function ContactCard({ campaign_id, contact_id }: { campaign_id: string; contact_id: string }) {
  const contact = useContact(campaign_id, contact_id);
  if (contact.isPending) return <LoadingRows rows={6} height={28} />;
  if (!contact.data) return <ProblemAlert error={contact.error} onRetry={() => void contact.refetch()} />;
  return (
    <Stack gap="lg">
      <Facts contact={contact.data} />
      <Attempts contact={contact.data} />
    </Stack>
  );
}

function Facts({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const yesNo = (value: boolean) => t(value ? 'yes' : 'no');
  return (
    <FieldList
      fields={[
        [t('contacts.phone_number'), contact.phone_number],
        [t('contacts.state'), <ContactBadge key="state" state={contact.state} />],
        ...(contact.not_reached_reason
          ? [[t('contacts.why'), t(`not_reached_reason.${contact.not_reached_reason}`)] as [string, string]]
          : []),
        ...(contact.excluded_reason
          ? [[t('contacts.why'), excludedText(contact.excluded_reason)] as [string, string]]
          : []),
        [t('contacts.external_contact_id'), contact.external_contact_id ?? NOTHING],
        [t('contacts.email'), contact.email ?? NOTHING],
        [t('contacts.language'), t(`language.${contact.preferred_language}`)],
        [t('contacts.time_zones'), contact.time_zones.join(', ') || NOTHING],
        [t('contacts.prior_consent'), yesNo(contact.has_prior_consent)],
        [t('contacts.attempts'), format.number(contact.attempts_count)],
        [t('contacts.next_attempt'), format.dateTime(contact.next_attempt_at)],
      ]}
    />
  );

  function excludedText(reason: string): string {
    if (reason === 'do_not_call' || reason === 'exclusion_list' || reason === 'opt_out') {
      return t(`excluded_reason.${reason}`);
    }
    return reason;
  }
}

function Attempts({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Title order={3}>{t('contacts.calls')}</Title>
      {contact.attempts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('contacts.no_calls')}
        </Text>
      )}
      {contact.attempts.map((attempt) => (
        <Paper withBorder p="sm" key={attempt.call_id}>
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Anchor component={Link} to={`/calls/${attempt.call_id}`} fw={600} size="sm">
                {t('contacts.call', { number: attempt.attempt_number })}
              </Anchor>
              <Text size="xs" c="dimmed">
                {format.dateTime(attempt.started_at)}
                {attempt.disposition && ` · ${t(`disposition.${attempt.disposition}`)}`}
              </Text>
            </div>
            <OutcomeBadge outcome={attempt.outcome} />
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}
