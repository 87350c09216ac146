import { Button, Group, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../components/section.tsx';
import type { PersonSearch } from '../../../lib/api/admin/people.ts';
import { asProblem } from '../../../lib/api/problem.ts';
import { countryOptions } from '../../contacts/countries.ts';
import { searchOf } from './search-of.ts';

type Props = { error: unknown; isBusy: boolean; onSearch(search: PersonSearch): void };

/** Finds a person by the number or the address that they write from. */
export function PersonForm({ error, isBusy, onSearch }: Props) {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState('');
  const [country, setCountry] = useState<string | null>(i18n.language === 'it' ? 'IT' : null);
  const [isEmpty, setEmpty] = useState(false);
  const fault = error ? asProblem(error).errors[0]?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const search = searchOf(text, country);
    setEmpty(search === null);
    if (search) onSearch(search);
  };
  return (
    <Section title={t('admin.people.find')} hint={t('admin.people.find_hint')}>
      <form noValidate onSubmit={submit}>
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t('admin.people.number_or_email')}
            value={text}
            error={isEmpty ? t('fault.required') : fault}
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
            w={{ base: '100%', xs: 300 }}
          />
          <Select
            label={t('contacts.country')}
            placeholder={t('contacts.no_country')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('action.clear') }}
            data={countryOptions(i18n.language)}
            value={country}
            onChange={setCountry}
            w={{ base: '100%', xs: 330 }}
          />
          <Button
            type="submit"
            loading={isBusy}
            mt={{ base: 0, xs: 25 }}
            leftSection={<Search size={16} aria-hidden />}
          >
            {t('admin.people.search')}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
