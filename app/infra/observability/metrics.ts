import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What this process measures; labels are few and never name a person. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics, prefix: 'vsa_' });

export const attemptsClaimed = new Counter({
  name: 'vsa_attempts_total',
  help: 'Call attempts that were opened',
  registers: [metrics],
});

export const claimSeconds = new Histogram({
  name: 'vsa_claim_seconds',
  help: 'How long one round of claiming took in the database, whoever it found',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers: [metrics],
});

export const attemptsSettled = new Counter({
  name: 'vsa_attempts_settled_total',
  help: 'Call attempts that ended, by disposition, outcome and whether anybody answered',
  labelNames: ['disposition', 'outcome', 'answered'],
  registers: [metrics],
});

export const dials = new Counter({
  name: 'vsa_dials_total',
  help: 'Requests to place a call, by what became of them',
  labelNames: ['result'],
  registers: [metrics],
});

export const providerErrors = new Counter({
  name: 'vsa_provider_errors_total',
  help: 'Requests to a telephony provider that failed, by class',
  labelNames: ['provider', 'operation', 'class'],
  registers: [metrics],
});

export const providerSeconds = new Histogram({
  name: 'vsa_provider_seconds',
  help: 'How long a telephony provider took for a request',
  labelNames: ['provider', 'operation'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
});

export const requestDuration = new Histogram({
  name: 'vsa_http_request_seconds',
  help: 'From the request to the end of its answer, by declared path',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.01, 0.05, 0.1, 0.3, 1, 3, 10, 60],
  registers: [metrics],
});

export const turnLatency = new Histogram({
  name: 'vsa_turn_latency_seconds',
  help: 'From the final words heard to the first words of the reply',
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3],
  registers: [metrics],
});

export const modelTurns = new Counter({
  name: 'vsa_model_turns_total',
  help: 'Utterances for which a language model was asked, by what came of it',
  labelNames: ['result'],
  registers: [metrics],
});

export const modelSeconds = new Histogram({
  name: 'vsa_model_seconds',
  help: 'How long a language model took for one utterance, or was waited for',
  buckets: [0.05, 0.1, 0.2, 0.3, 0.45, 0.7, 1, 2, 5, 10],
  registers: [metrics],
});

export const emailsHandled = new Counter({
  name: 'vsa_emails_total',
  help: 'Follow-up e-mails, by status',
  labelNames: ['status'],
  registers: [metrics],
});

export const relayLag = new Histogram({
  name: 'vsa_event_relay_lag_seconds',
  help: 'From the writing of a survey event to its hand-over to the bus',
  buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300, 3_600],
  registers: [metrics],
});

export const outboxWaiting = new Gauge({
  name: 'vsa_outbox_waiting',
  help: 'Survey events that are written and not yet on the bus',
  registers: [metrics],
});

export const outboxOldest = new Gauge({
  name: 'vsa_outbox_oldest_seconds',
  help: 'Age of the oldest survey event that is not yet on the bus',
  registers: [metrics],
});

export const busWaiting = new Gauge({
  name: 'vsa_bus_waiting',
  help: 'Messages on the bus that nobody has dealt with',
  registers: [metrics],
});

export const busDead = new Gauge({
  name: 'vsa_bus_dead',
  help: 'Messages that were delivered five times in vain (PostgreSQL; of SQS the cloud counts them)',
  registers: [metrics],
});

export const eventsConsumed = new Counter({
  name: 'vsa_events_consumed_total',
  help: 'Survey events taken off the bus, by whether they were new, repeated or could not be dealt with',
  labelNames: ['result'],
  registers: [metrics],
});

export const webhooksHandled = new Counter({
  name: 'vsa_webhook_attempts_total',
  help: 'Attempts to deliver a webhook, by what became of it',
  labelNames: ['status'],
  registers: [metrics],
});
