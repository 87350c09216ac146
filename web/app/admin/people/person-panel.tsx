import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { Ban, Download, Eraser, FileSearch, UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyPanel } from '../../../components/empty-panel.tsx';
import { Section } from '../../../components/section.tsx';
import { type Person, type PersonSearch, personDataHref } from '../../../lib/api/admin/people.ts';
import { useFormat } from '../../../lib/i18n/format.ts';
import { useLabel } from '../../../lib/i18n/use-label.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { HeldData } from './held-data.tsx';
import { PersonContacts } from './person-contacts.tsx';

type Props = { person: Person; search: PersonSearch; onErased(certificate_id: string | null): void };

/** A person as far as we know them, and what may be done on their request. */
export function PersonPanel({ person, search, onErased }: Props) {
  const { t } = useTranslation();
  const [isErasing, setErasing] = useState(false);
  const [isShown, setShown] = useState(false);
  const first = person.items[0];
  const held = person.items.filter(({ legal_hold }) => legal_hold).length;
  return (
    <Stack gap="lg">
      {person.exclusions.length > 0 && <ListedAlert exclusions={person.exclusions} />}
      {!first && (
        <Paper withBorder>
          <EmptyPanel
            icon={UserRoundX}
            title={t('admin.people.nobody')}
            text={t(person.exclusions.length > 0 ? 'admin.people.only_listed' : 'admin.people.nobody_text')}
          />
        </Paper>
      )}
      {first && (
        <>
          <Section
            title={t('admin.people.contacts', { count: person.total })}
            hint={t('admin.people.contacts_hint')}
          >
            <PersonContacts contacts={person.items} />
          </Section>
          <Section title={t('admin.people.requests')} hint={t('admin.people.requests_hint')}>
            <Group gap="sm">
              <Button
                variant="default"
                leftSection={<FileSearch size={17} aria-hidden />}
                aria-expanded={isShown}
                onClick={() => setShown(!isShown)}
              >
                {t(isShown ? 'admin.people.hide' : 'admin.people.show')}
              </Button>
              <Button
                component="a"
                href={personDataHref(first.id)}
                download
                variant="default"
                leftSection={<Download size={17} aria-hidden />}
              >
                {t('admin.people.download')}
              </Button>
              <Button
                color="red"
                variant="light"
                leftSection={<Eraser size={17} aria-hidden />}
                onClick={() => setErasing(true)}
              >
                {t('admin.people.erase')}
              </Button>
            </Group>
            {isShown && <HeldData contact_id={first.id} />}
          </Section>
          <EraseDialog
            isOpen={isErasing}
            contact_id={first.id}
            person={'email' in search ? search.email : (first.phone_number ?? search.phone_number)}
            contacts={person.total}
            held={held}
            onClose={() => setErasing(false)}
            onErased={onErased}
          />
        </>
      )}
    </Stack>
  );
}

function ListedAlert({ exclusions }: Pick<Person, 'exclusions'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <Alert color="indigo" icon={<Ban aria-hidden />} title={t('admin.people.listed')}>
      {exclusions.map((entry) => (
        <Text size="sm" key={entry.id}>
          {t(entry.campaign_id === null ? 'admin.people.listed_everywhere' : 'admin.people.listed_once', {
            at: format.dateTime(entry.created_at),
            source: label('exclusions.source', entry.source),
          })}
        </Text>
      ))}
    </Alert>
  );
}
