import { Stack, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../../components/loading-rows.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { type PersonSearch, usePerson } from '../../../lib/api/admin/people.ts';
import { CertificateDrawer } from './certificate-drawer.tsx';
import { CertificateList } from './certificate-list.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonPanel } from './person-panel.tsx';

/** What a person who was called may ask for: what is held, its correction, an end to it, its erasure. */
export function PeoplePage() {
  const { t } = useTranslation();
  const { tab = 'person', certificate } = useSearch({ from: '/shell/admin/people' });
  const navigate = useNavigate({ from: '/admin/people' });
  return (
    <>
      <PageHeader title={t('admin.area.people')} subtitle={t('admin.people.hint')} />
      <Tabs
        value={tab}
        onChange={(value) =>
          void navigate({ search: value === 'certificates' ? { tab: 'certificates' } : {}, replace: true })
        }
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="person">{t('admin.people.find')}</Tabs.Tab>
          <Tabs.Tab value="certificates">{t('admin.people.certificates')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="person">
          <FindPerson
            onErased={(id) =>
              void navigate({ search: { tab: 'certificates', ...(id && { certificate: id }) } })
            }
          />
        </Tabs.Panel>
        <Tabs.Panel value="certificates">{tab === 'certificates' && <CertificateList />}</Tabs.Panel>
      </Tabs>
      <CertificateDrawer
        id={certificate ?? null}
        onClose={() => void navigate({ search: { tab: 'certificates' } })}
      />
    </>
  );
}

// Whom somebody looks for stays out of the address: it would stay in histories and in logs.
function FindPerson({ onErased }: { onErased(certificate_id: string | null): void }) {
  const [search, setSearch] = useState<PersonSearch | null>(null);
  const person = usePerson(search);
  const find = (wanted: PersonSearch) => {
    if (JSON.stringify(wanted) === JSON.stringify(search)) void person.refetch();
    else setSearch(wanted);
  };
  return (
    <Stack gap="lg">
      <PersonForm error={person.error} isBusy={person.isFetching} onSearch={find} />
      {search && person.isLoading && <LoadingRows rows={3} height={64} />}
      {person.isError && <ProblemAlert error={person.error} />}
      {search && person.data && !person.isError && (
        <PersonPanel
          key={JSON.stringify(search)}
          person={person.data}
          search={search}
          onErased={(id) => {
            setSearch(null);
            onErased(id);
          }}
        />
      )}
    </Stack>
  );
}
