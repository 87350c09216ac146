import { Anchor, Drawer, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FieldList } from '../../components/field-list.tsx';
import { LoadingRows } from '../../components/loading-rows.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ContactBadge, OutcomeBadge } from '../../components/status-badge.tsx';
import { useContact } from '../../lib/api/contacts.ts';
import type { ContactDetail } from '../../lib/api/model.ts';
import { NOTHING, useFormat } from '../../lib/i18n/format.ts';
import { useLabel } from '../../lib/i18n/use-label.ts';

type Props = { campaign_id: string; contact_id: string; onClose(): void };

/** One contact beside the list: who it is, and every call with its way to what was said. */
export function ContactDrawer({ campaign_id, contact_id, onClose }: Props) {
  const { t } = useTranslation();
  const { data, error, isPending } = useContact(campaign_id, contact_id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={t('contact.title', { number: data?.phone_number ?? '' })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {isPending && <LoadingRows rows={5} height={28} />}
      {error && !data && <ProblemAlert error={error} />}
      {data && <ContactFacts contact={data} />}
    </Drawer>
  );
}

function ContactFacts({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useWhy(contact);
  return (
    <Stack>
      <ContactBadge state={contact.state} />
      <FieldList
        fields={[
          ...(why ? [[t('contact.why'), why] as [string, string]] : []),
          [t('contact.id'), contact.external_contact_id ?? NOTHING],
          [t('contact.email'), contact.email ?? NOTHING],
          [t('contact.language'), t(`language.${contact.preferred_language}`)],
          [t('contact.zones'), contact.time_zones.join(', ') || NOTHING],
          [t('contact.prior_consent'), t(contact.has_prior_consent ? 'contact.yes' : 'contact.no')],
          [t('contacts.next_attempt'), format.dateTime(contact.next_attempt_at)],
        ]}
      />
      <Attempts contact={contact} />
    </Stack>
  );
}

/** Why nobody is called here any more, where that is so. */
function useWhy(contact: ContactDetail): string | null {
  const label = useLabel();
  if (contact.not_reached_reason) return label('not_reached_reason', contact.not_reached_reason);
  return contact.excluded_reason && label('excluded_reason', contact.excluded_reason);
}

function Attempts({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <>
      <Title order={3}>{t('contact.calls')}</Title>
      {contact.attempts.length === 0 && <Text size="sm">{t('contact.no_calls')}</Text>}
      <List
        listStyleType="none"
        spacing="sm"
        styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
      >
        {contact.attempts.map((attempt) => (
          <List.Item key={attempt.call_id}>
            <Group justify="space-between">
              <Anchor component={Link} to={`/calls/${attempt.call_id}`} size="sm" fw={600}>
                {t('contact.attempt', { number: attempt.attempt_number })}
              </Anchor>
              <OutcomeBadge outcome={attempt.outcome} />
            </Group>
            <Text size="xs" c="dimmed">
              {format.dateTime(attempt.started_at)}{' '}
              {attempt.disposition && ` · ${label('disposition', attempt.disposition)}`}
            </Text>
          </List.Item>
        ))}
      </List>
    </>
  );
}
