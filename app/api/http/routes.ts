import { adminRoutes } from './admin-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { campaignRoutes } from './campaign-routes.ts';
import { campaignStreamRoutes } from './campaign-stream.ts';
import { codebookRoutes } from './codebook-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { emailTemplateRoutes } from './email-template-routes.ts';
import { exclusionRoutes } from './exclusion-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { jurisdictionRoutes } from './jurisdiction-routes.ts';
import { privacyRoutes } from './privacy-routes.ts';
import { rehearsalRoutes } from './rehearsal-routes.ts';
import { reportingRoutes } from './reporting-routes.ts';
import { retentionRoutes } from './retention-routes.ts';
import type { RouteDefinition } from './route.ts';
import { scriptRoutes } from './script-routes.ts';
import { telephonyWebhookRoutes } from './telephony-webhooks.ts';
import { unsubscribeRoutes } from './unsubscribe-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** Every door of the application, in one table: the guard, OpenAPI and the matrix of refusals are made from it. */
export const routes: readonly RouteDefinition[] = [
  ...authRoutes,
  ...campaignRoutes,
  ...scriptRoutes,
  ...rehearsalRoutes,
  ...contactRoutes,
  ...privacyRoutes,
  ...retentionRoutes,
  ...jurisdictionRoutes,
  ...exclusionRoutes,
  ...reportingRoutes,
  ...campaignStreamRoutes,
  ...codebookRoutes,
  ...emailTemplateRoutes,
  ...unsubscribeRoutes,
  ...webhookRoutes,
  ...adminRoutes,
  ...auditRoutes,
  ...telephonyWebhookRoutes,
  ...healthRoutes,
];
