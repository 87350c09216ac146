import { Alert, Button, List, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../lib/api/problem.ts';
import { useProblemText } from './use-problem-text.ts';

type Props = { error: unknown; title?: string; others?: string[]; onRetry?: () => void };

/** What went wrong as one sentence, announced to screen readers, with the way out where there is one. */
export function ProblemAlert({ error, title, others, onRetry }: Props) {
  const { t } = useTranslation();
  const problem = asProblem(error);
  const text = useProblemText(problem);
  const faults = others ?? problem.errors.map(({ message }) => message);
  return (
    <Alert color="red" icon={<CircleAlert aria-hidden />} title={title ?? t('error.title')} role="alert">
      <Text size="sm">{text}</Text>
      {faults.length > 0 && (
        <List size="sm" mt="xs">
          {faults.map((fault) => (
            <List.Item key={fault}>{fault}</List.Item>
          ))}
        </List>
      )}
      {problem.request_id && problem.status >= 500 && (
        <Text size="xs" mt="xs">
          {t('error.reference', { id: problem.request_id })}
        </Text>
      )}
      {onRetry && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </Alert>
  );
}
