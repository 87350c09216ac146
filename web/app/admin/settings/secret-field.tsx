import { Button, Group, Input, PasswordInput, Text } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './secret-field.module.css';

type Props = {
  label: string;
  description?: string;
  stored: { configured: boolean; last_four: string | null };
  /** Absent: unchanged. Null: to be taken away. A text: to be replaced. */
  change: string | null | undefined;
  onChange(change: string | null | undefined): void;
  error?: string | undefined;
};

/** A secret that can be written and never read back: what is known of it, and the ways to replace or remove it. */
export function SecretField({ label, description, stored, change, onChange, error }: Props) {
  const { t } = useTranslation();
  const id = useId();
  if (typeof change === 'string' || (!stored.configured && change !== null)) {
    return (
      <div>
        <PasswordInput
          label={label}
          description={description}
          error={error}
          value={change ?? ''}
          autoComplete="new-password"
          placeholder={stored.configured ? '' : t('admin.secret.none')}
          visibilityToggleButtonProps={{ 'aria-label': t('admin.secret.show', { name: label }), tabIndex: 0 }}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(text === '' && !stored.configured ? undefined : text);
          }}
        />
        {stored.configured && (
          <Button variant="subtle" size="compact-sm" mt={4} onClick={() => onChange(undefined)}>
            {t('admin.secret.keep')}
          </Button>
        )}
      </div>
    );
  }
  const isLeaving = change === null;
  return (
    <Input.Wrapper
      label={label}
      description={description}
      error={error}
      labelElement="div"
      labelProps={{ id }}
    >
      <Group className={classes.stored} role="group" aria-labelledby={id} gap="sm">
        <KeyRound size={16} aria-hidden />
        <Text size="sm" flex="1 1 10rem" td={isLeaving ? 'line-through' : undefined}>
          {stored.last_four
            ? t('admin.secret.ends_in', { last_four: stored.last_four })
            : t('admin.secret.configured')}
        </Text>
        {isLeaving ? (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(undefined)}>
            {t('admin.secret.keep')}
          </Button>
        ) : (
          <Group gap={4}>
            <Button
              variant="light"
              size="compact-sm"
              aria-label={t('admin.secret.replace_name', { name: label })}
              onClick={() => onChange('')}
            >
              {t('admin.secret.replace')}
            </Button>
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              aria-label={t('admin.secret.remove_name', { name: label })}
              onClick={() => onChange(null)}
            >
              {t('admin.secret.remove')}
            </Button>
          </Group>
        )}
      </Group>
    </Input.Wrapper>
  );
}
