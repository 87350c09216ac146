import type { paths } from './schema.gen.ts';

/** What a path answers, by its method. */
export type Answer<
  P extends keyof paths,
  M extends keyof paths[P],
  S extends number = 200,
> = paths[P][M] extends {
  responses: Record<S, { content: { 'application/json': infer Body } }>;
}
  ? Body
  : never;

// What the server sends, by the names of the product; the generated schema is the only source.
export type CampaignPage = Answer<'/api/campaigns', 'get'>;
export type CampaignItem = CampaignPage['items'][number];
export type Campaign = Answer<'/api/campaigns/{id}', 'get'>;
export type CampaignInput = NonNullable<
  paths['/api/campaigns']['post']['requestBody']
>['content']['application/json'];
export type CampaignStatus = Campaign['status'];
export type ScriptTemplate = Answer<'/api/script-templates', 'get'>['items'][number];
export type ScriptDraft = NonNullable<
  paths['/api/script-preview']['post']['requestBody']
>['content']['application/json'];
export type ScriptPreview = Answer<'/api/script-preview', 'post'>;
export type Readiness = Answer<'/api/campaigns/{id}/readiness', 'get'>;
export type ReadinessCheck = Readiness['checks'][number];
export type Rehearsal = Answer<'/api/rehearsals/{id}', 'get'>;
export type RehearsalItem = Answer<'/api/campaigns/{id}/rehearsals', 'get'>['items'][number];
export type RehearsalTurn = NonNullable<
  paths['/api/rehearsals/{id}/turns']['post']['requestBody']
>['content']['application/json'];
export type SpokenTurn = NonNullable<Rehearsal['transcript']>[number];
export type TrialRun = Answer<'/api/trial-runs/{id}', 'get'>;
export type TrialResult = TrialRun['results'][number];
export type Stats = Answer<'/api/campaigns/{id}/stats', 'get'>;
export type ContactPage = Answer<'/api/campaigns/{id}/contacts', 'get'>;
export type Contact = ContactPage['items'][number];
export type ContactState = Contact['state'];
export type ContactDetail = Answer<'/api/campaigns/{id}/contacts/{contact_id}', 'get'>;
export type ImportReport = Answer<'/api/campaigns/{id}/contacts/upload', 'post'>;
export type Export = Answer<'/api/campaigns/{id}/exports', 'get'>['items'][number];
export type Call = Answer<'/api/calls/{call_id}', 'get'>;
export type CallOutcome = NonNullable<Call['outcome']>;
export type Me = Answer<'/api/auth/me', 'get'>;

export const CAMPAIGN_STATUSES = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'completed',
  'cancelled',
] as const satisfies CampaignStatus[];
export const CONTACT_STATES = [
  'pending',
  'in_progress',
  'completed',
  'refused',
  'not_reached',
  'excluded',
] as const satisfies ContactState[];
export const CALL_OUTCOMES = [
  'completed',
  'refused',
  'no_answer',
  'busy',
  'failed',
] as const satisfies CallOutcome[];
