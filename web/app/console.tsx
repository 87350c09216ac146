import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { cssVariables, theme } from '../components/theme.ts';
import { asProblem } from '../lib/api/problem.ts';
import { announceIfSignedOut } from '../lib/api/session.ts';
import type { createConsoleRouter } from './router.tsx';

const colorScheme = localStorageColorSchemeManager({ key: 'color-scheme' });

/** A refusal is an answer and is not asked again; a server that cannot answer is, twice. */
function createQueries(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: announceIfSignedOut }),
    mutationCache: new MutationCache({ onError: announceIfSignedOut }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => {
          const { status } = asProblem(error);
          return (status === 0 || status >= 500) && failures < 2;
        },
      },
    },
  });
}

/** The whole console below one router. */
export function Console({ router }: { router: ReturnType<typeof createConsoleRouter> }) {
  const [queries] = useState(createQueries);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Notifications position="top-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
