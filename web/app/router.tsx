import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router';
import { LoadingRows } from '../components/loading-rows.tsx';
import { CALL_OUTCOMES, CAMPAIGN_STATUSES, CONTACT_STATES } from '../lib/api/model.ts';
import { compact, oneOf, pageParam, pathParam, textParam } from '../lib/search-params.ts';
import { createAdminPages } from './admin/admin-routes.ts';
import { CampaignListPage } from './campaigns/campaign-list-page.tsx';
import { CrashPage } from './shell/crash-page.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';

// Filters, sort, page and tab live in the address: a link shows what its sender saw, and reloading loses nothing.
const root = createRootRoute({ notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (search) =>
    compact({ return_to: pathParam(search.return_to), problem: textParam(search.problem) }),
});

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/campaigns', search: {} });
  },
});

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  component: CampaignListPage,
  validateSearch: (search) =>
    compact({
      status: oneOf(CAMPAIGN_STATUSES, search.status),
      q: textParam(search.q),
      sort: textParam(search.sort),
      page: pageParam(search.page),
    }),
});

const newCampaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/new',
  component: lazyRouteComponent(() => import('./campaign-form/new-campaign-page.tsx'), 'NewCampaignPage'),
});

const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$id',
  component: lazyRouteComponent(() => import('./campaign/campaign-page.tsx'), 'CampaignPage'),
  validateSearch: (search) =>
    compact({
      tab: oneOf(['contacts', 'script', 'rehearsal', 'exports'], search.tab),
      rehearsal: textParam(search.rehearsal),
      state: oneOf(CONTACT_STATES, search.state),
      outcome: oneOf(CALL_OUTCOMES, search.outcome),
      q: textParam(search.q),
      sort: textParam(search.sort),
      page: pageParam(search.page),
      contact: textParam(search.contact),
    }),
});

const editCampaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$id/edit',
  component: lazyRouteComponent(() => import('./campaign-form/edit-campaign-page.tsx'), 'EditCampaignPage'),
});

const call = createRoute({
  getParentRoute: () => shell,
  path: '/calls/$call_id',
  component: lazyRouteComponent(() => import('./call/call-page.tsx'), 'CallPage'),
});

const exclusions = createRoute({
  getParentRoute: () => shell,
  path: '/exclusions',
  component: lazyRouteComponent(() => import('./exclusions/exclusion-list-page.tsx'), 'ExclusionListPage'),
  validateSearch: (search) => compact({ q: textParam(search.q), page: pageParam(search.page) }),
});

const admin = createRoute({
  getParentRoute: () => shell,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin/admin-layout.tsx'), 'AdminLayout'),
});

const routes = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    campaigns,
    newCampaign,
    campaign,
    editCampaign,
    call,
    exclusions,
    admin.addChildren(createAdminPages(() => admin)),
  ]),
]);

/** The console's addresses; `history` is the browser's own unless one is given. */
export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({
    routeTree: routes,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingRows,
    defaultErrorComponent: CrashPage,
    ...(history && { history }),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
