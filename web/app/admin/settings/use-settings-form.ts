import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../../components/notify.ts';
import {
  fetchSettings,
  type Settings,
  type SettingsSection,
  useSaveSettings,
} from '../../../lib/api/admin/settings.ts';
import { asProblem, splitFieldErrors } from '../../../lib/api/problem.ts';
import { changedValues, isSame, type Shown, type Values, withoutPrefix } from './changed-values.ts';

/** What is asked of a secret: unchanged where absent, taken away by null. */
export type SecretChanges = Record<string, string | null>;
export type Meanwhile = { name: string; before: Shown; after: Shown };

type Given<V extends Values> = {
  section: SettingsSection;
  settings: Settings;
  read(settings: Settings): V;
  /** How secrets travel in this section; absent where it has none. */
  write?(secrets: SecretChanges): Record<string, unknown>;
};

/**
 * The form of one section: sends what was changed and nothing else, and only onto the settings it began with. When
 * somebody else was faster it says what they changed; what was typed stays.
 */
export function useSettingsForm<V extends Values>({ section, settings, read, write }: Given<V>) {
  const { t } = useTranslation();
  const [base, setBase] = useState(settings);
  const [secrets, setSecrets] = useState<SecretChanges>({});
  const [others, setOthers] = useState<string[]>([]);
  const [meanwhile, setMeanwhile] = useState<Meanwhile[] | null>(null);
  const save = useSaveSettings();
  const form = useForm<V>({ initialValues: read(base) });
  const changed = changedValues(read(base), form.getValues());
  // A field that was opened for a new secret and left empty changes nothing.
  const given = Object.fromEntries(Object.entries(secrets).filter(([, secret]) => secret !== ''));
  const isDirty = Object.keys(changed).length > 0 || Object.keys(given).length > 0;
  const setSecret = (name: string, change: string | null | undefined) =>
    setSecrets(({ [name]: _, ...rest }) => (change === undefined ? rest : { ...rest, [name]: change }));

  const begin = (fresh: Settings, kept: Partial<V>) => {
    setBase(fresh);
    form.setValues({ ...read(fresh), ...kept });
    save.reset();
  };
  const onError = async (error: unknown) => {
    const problem = asProblem(error);
    if (problem.code === 'request.stale') {
      const fresh = await fetchSettings();
      const [before, after] = [read(base), read(fresh)];
      const names = Object.keys(after).filter((name) => !isSame(after[name], before[name]));
      setMeanwhile(names.map((name) => ({ name, before: before[name] ?? '', after: after[name] ?? '' })));
      begin(fresh, changed as Partial<V>);
      return;
    }
    const faults = withoutPrefix(problem.errors, section);
    const known = [...Object.keys(read(base)), ...Object.keys(secrets)];
    const split = splitFieldErrors(faults, known);
    setOthers(split.others);
    form.setErrors(split.fields);
    const first = known.find((name) => split.fields[name]);
    if (first) form.getInputNode(first)?.focus();
  };
  const submit = form.onSubmit(() => {
    setMeanwhile(null);
    const values = { ...changed, ...(Object.keys(given).length > 0 && write?.(given)) };
    save.mutate(
      { section, values, revision: base.revision },
      {
        onSuccess: (fresh) => {
          begin(fresh, {});
          setSecrets({});
          setOthers([]);
          notify(t('admin.settings.saved'), 'green');
        },
        onError: (error) => void onError(error),
      },
    );
  });
  const discard = () => {
    begin(base, {});
    form.clearErrors();
    setSecrets({});
    setOthers([]);
    setMeanwhile(null);
  };
  return { form, base, secrets, setSecret, others, meanwhile, save, isDirty, submit, discard };
}

export type SettingsForm<V extends Values> = ReturnType<typeof useSettingsForm<V>>;
