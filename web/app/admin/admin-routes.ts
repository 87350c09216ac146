import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { LETTER_STATUSES } from '../../lib/api/admin/templates.ts';
import { DELIVERY_STATUSES } from '../../lib/api/admin/webhooks.ts';
import { compact, oneOf, pageParam, textParam } from '../../lib/search-params.ts';
import { auditSearch } from './audit/audit-search.ts';
import { SETTINGS_TABS } from './settings/settings-tabs.ts';

/** The pages of the administration, each fetched when somebody opens it. */
export function createAdminPages<Parent extends AnyRoute>(getParentRoute: () => Parent) {
  const start = createRoute({
    getParentRoute,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/admin/settings', search: {} });
    },
  });
  const settings = createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
    validateSearch: (search) => compact({ section: oneOf(SETTINGS_TABS, search.section) }),
  });
  const users = createRoute({
    getParentRoute,
    path: '/users',
    component: lazyRouteComponent(() => import('./users/users-page.tsx'), 'UsersPage'),
    validateSearch: (search) =>
      compact({ tab: oneOf(['sessions'], search.tab), page: pageParam(search.page) }),
  });
  const people = createRoute({
    getParentRoute,
    path: '/people',
    component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
    validateSearch: (search) =>
      compact({
        tab: oneOf(['certificates'], search.tab),
        certificate: textParam(search.certificate),
        page: pageParam(search.page),
      }),
  });
  const retention = createRoute({
    getParentRoute,
    path: '/retention',
    component: lazyRouteComponent(() => import('./retention/retention-page.tsx'), 'RetentionPage'),
  });
  const audit = createRoute({
    getParentRoute,
    path: '/audit',
    component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
    validateSearch: (search: Record<string, unknown>) => ({
      ...auditSearch(search),
      ...compact({ page: pageParam(search.page) }),
    }),
  });
  return [
    start,
    settings,
    users,
    people,
    retention,
    audit,
    ...jurisdictionPages(getParentRoute),
    ...templatePages(getParentRoute),
    ...webhookPages(getParentRoute),
  ] as const;
}

function jurisdictionPages<Parent extends AnyRoute>(getParentRoute: () => Parent) {
  const list = createRoute({
    getParentRoute,
    path: '/jurisdictions',
    component: lazyRouteComponent(
      () => import('./jurisdictions/jurisdictions-page.tsx'),
      'JurisdictionsPage',
    ),
  });
  const one = createRoute({
    getParentRoute,
    path: '/jurisdictions/$country',
    component: lazyRouteComponent(() => import('./jurisdictions/jurisdiction-page.tsx'), 'JurisdictionPage'),
  });
  return [list, one] as const;
}

function templatePages<Parent extends AnyRoute>(getParentRoute: () => Parent) {
  const list = createRoute({
    getParentRoute,
    path: '/templates',
    component: lazyRouteComponent(() => import('./templates/templates-page.tsx'), 'TemplatesPage'),
    validateSearch: (search) =>
      compact({
        tab: oneOf(['sent'], search.tab),
        status: oneOf(LETTER_STATUSES, search.status),
        page: pageParam(search.page),
      }),
  });
  const added = createRoute({
    getParentRoute,
    path: '/templates/new',
    component: lazyRouteComponent(() => import('./templates/template-page.tsx'), 'NewTemplatePage'),
  });
  const one = createRoute({
    getParentRoute,
    path: '/templates/$id',
    component: lazyRouteComponent(() => import('./templates/template-page.tsx'), 'TemplatePage'),
  });
  return [list, added, one] as const;
}

function webhookPages<Parent extends AnyRoute>(getParentRoute: () => Parent) {
  const list = createRoute({
    getParentRoute,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage'),
  });
  const one = createRoute({
    getParentRoute,
    path: '/webhooks/$id',
    component: lazyRouteComponent(() => import('./webhooks/webhook-page.tsx'), 'WebhookPage'),
    validateSearch: (search) =>
      compact({ status: oneOf(DELIVERY_STATUSES, search.status), page: pageParam(search.page) }),
  });
  return [list, one] as const;
}
