import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import '../../app/infra/observability/backlog-gauges.ts';
import { metrics } from '../../app/infra/observability/metrics.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, 'deploy/observation', file), 'utf8');

type Rule = {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
};
const { spec } = parse(read('alerts.yaml')) as { spec: { groups: { rules: Rule[] }[] } };
const rules = spec.groups.flatMap((group) => group.rules);
type Panel = { title: string; targets: { expr: string }[] };
const { panels } = JSON.parse(read('dashboard.json')) as { panels: Panel[] };
const expressions = [
  ...rules.map(({ alert, record, expr }): [string, string] => [`rule ${alert ?? record}`, expr]),
  ...panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
];

/** The names that an expression reads, and whether it is PromQL at all. */
function readExpression(expression: string): { names: string[]; isSound: boolean } {
  const names: string[] = [];
  let isSound = true;
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) isSound = false;
      if (node.name === 'VectorSelector')
        names.push(/^[a-zA-Z_:][\w:]*/.exec(expression.slice(node.from))?.[0] ?? '');
    },
  });
  return { names, isSound };
}

describe('alert rules and dashboard', () => {
  it.each(expressions)('%s is PromQL over what this application measures', async (_name, expression) => {
    const { names, isSound } = readExpression(expression);
    expect(isSound).toBe(true);
    expect(names.length).toBeGreaterThan(0);
    const measured = (await metrics.getMetricsAsJSON()).map(({ name }) => name);
    const known = new Set([
      ...measured,
      ...measured.flatMap((name) => [`${name}_bucket`, `${name}_count`, `${name}_sum`]),
      ...rules.map(({ record }) => record),
    ]);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  it('a broken expression is noticed', () => {
    expect(readExpression('sum(rate(vsa_x[5m])').isSound).toBe(false);
  });

  it.each(rules.filter(({ alert }) => alert))(
    '$alert says what is wrong and where help is',
    ({ annotations, labels }) => {
      expect(annotations?.summary).toMatch(/\S{3,}/);
      expect(readFileSync(path.join(ROOT, annotations?.runbook ?? 'missing'), 'utf8')).not.toBe('');
      expect(['critical', 'warning']).toContain(labels?.severity);
    },
  );

  it('the dashboard shows everything that is measured for people', () => {
    const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => readExpression(expr).names));
    for (const name of [
      ...['vsa_live_calls', 'vsa_attempts_total', 'vsa_attempts_settled_total', 'vsa_answer_rate'],
      ...[
        'vsa_completion_rate',
        'vsa_refusal_rate',
        'vsa_provider_errors_total',
        'vsa_turn_latency_seconds_bucket',
      ],
      ...[
        'vsa_queue_lag_seconds',
        'vsa_emails_total',
        'vsa_claim_seconds_bucket',
        'vsa_nodejs_eventloop_lag_p99_seconds',
      ],
    ]) {
      expect(shown).toContain(name);
    }
  });
});
