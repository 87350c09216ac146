import { useTranslation } from 'react-i18next';
import type { Problem } from '../lib/api/problem.ts';

/** The sentence for a problem: the server's own where it sent one, else ours by what happened. */
export function useProblemText(problem: Problem): string {
  const { t } = useTranslation();
  if (problem.message) return problem.message;
  if (problem.status === 0) return t('error.unreachable');
  if (problem.status === 404) return t('error.notFound');
  return t('error.unknown', { status: problem.status });
}
