import { Alert, Button, Center, Group, List, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useSearch } from '@tanstack/react-router';
import { Check, LogIn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { signInHref, useMe } from '../../lib/api/session.ts';
import { forgetSignOut, hasSignedOut } from '../../lib/api/sign-out.ts';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { SchemeSwitch } from '../shell/scheme-switch.tsx';
import classes from './sign-in-page.module.css';
import { useReturn } from './use-return.ts';

/** By the error's code, as the sign-in's last redirect names it. */
const PROBLEMS: Record<string, 'email_taken' | 'disabled' | 'unavailable'> = {
  'auth.email_taken': 'email_taken',
  'auth.disabled': 'disabled',
  'server.unavailable': 'unavailable',
};
const PROMISES = ['consent', 'evidence', 'exclusion'] as const;

/** The door: one button that leads to the identity provider and back to where somebody wanted to go. */
export function SignInPage() {
  const { t } = useTranslation();
  const { return_to = '/campaigns', problem } = useSearch({ from: '/sign-in' });
  const me = useMe();
  useDocumentTitle(`${t('sign_in.button')} · voicesurveyagent`);
  useReturn(Boolean(me.data), return_to);
  return (
    <Center component="main" mih="100dvh" p="md" className={classes.page}>
      <Paper withBorder shadow="sm" p="xl" w="100%" maw={460} radius="lg">
        <Stack gap="lg">
          <Group justify="space-between">
            <img src="/icon.svg" alt="" width={44} height={44} />
            <Group gap="xs">
              <LanguageSwitch />
              <SchemeSwitch />
            </Group>
          </Group>
          {problem && (
            <Alert color="red" role="alert" title={t('sign_in.failed')}>
              {t(`sign_in.problem.${PROBLEMS[problem] ?? 'other'}`)}
            </Alert>
          )}
          {hasSignedOut() && !problem && (
            <Alert color="green" role="status">
              {t('sign_in.signed_out')}
            </Alert>
          )}
          <div>
            <Title order={1}>voicesurveyagent</Title>
            <Text c="dimmed" mt={6}>
              {t('sign_in.what')}
            </Text>
          </div>
          <List
            spacing="xs"
            size="sm"
            center
            icon={
              <ThemeIcon size={20} radius="xl" color="green" variant="light">
                <Check size={13} aria-hidden />
              </ThemeIcon>
            }
          >
            {PROMISES.map((promise) => (
              <List.Item key={promise}>{t(`sign_in.${promise}`)}</List.Item>
            ))}
          </List>
          <Button
            component="a"
            size="md"
            href={signInHref(return_to)}
            onClick={forgetSignOut}
            leftSection={<LogIn size={18} aria-hidden />}
          >
            {t('sign_in.button')}
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
