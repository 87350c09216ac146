import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../app/infra/config/config.ts';
import { SETTINGS } from '../../app/infra/config/settings.ts';
import { render } from '../../scripts/manifests/render.ts';
import { type Resource, walk } from '../../scripts/manifests/resource.ts';
import { unknownFields } from './unknown-fields.ts';

const K8S = path.join(import.meta.dirname, '../../deploy/k8s');
const FOLDERS = ['base', 'migrate', 'production', 'production/migrate', 'production-cronjob'];
type Model = new (resource: Resource) => { validate(): void };

/** The schema that an npm package has of this kind. */
async function validate(resource: Resource): Promise<void> {
  const { apiVersion, kind } = resource;
  const where = apiVersion.startsWith('monitoring.coreos.com')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  const models = (await import(/* @vite-ignore */ `${where}/${apiVersion}`)) as Record<string, Model>;
  new models[kind]!(structuredClone(resource)).validate();
}

type Pod = { spec: Record<string, unknown> & { containers: Record<string, unknown>[] } };
const pods = (all: Resource[]): [string, Pod][] => {
  const found: [string, Pod][] = [];
  for (const resource of all) {
    walk(resource, (tree) => {
      const pod = tree.template as Pod | undefined;
      if (pod?.spec?.containers) found.push([`${resource.kind} ${resource.metadata.name}`, pod]);
    });
  }
  return found;
};
const named = (all: Resource[], kind: string, name: string) =>
  all.find((one) => one.kind === kind && one.metadata.name === name) as Resource & {
    spec: never;
    data: never;
  };

it('no manifest has a field that Kubernetes does not know', () => {
  const all = FOLDERS.flatMap((folder) => render(path.join(K8S, folder)));
  expect(unknownFields(all)).toEqual([]);
  const api = structuredClone(named(all, 'Deployment', 'api')) as Resource & {
    spec: { template: { spec: { containers: Record<string, unknown>[] } } };
  };
  Object.assign(api.spec.template.spec.containers[0]!, { readynessProbe: {} });
  expect(unknownFields([api]).join()).toContain('readynessProbe');
});

describe.each(FOLDERS)('%s', (folder) => {
  const all = render(path.join(K8S, folder));

  it.each(all.map((one): [string, string, Resource] => [one.kind, one.metadata.name, one]))(
    '%s %s is what its schema says',
    async (_kind, _name, resource) => {
      await validate(resource);
      const wrong = { ...structuredClone(resource), metadata: { name: 7 } };
      await expect(validate(wrong as never), 'the schema refuses nonsense').rejects.toThrow();
    },
  );

  it('all pods keep to the restricted standard, on a root file system that cannot be written', () => {
    expect(pods(all).length).toBeGreaterThan(0);
    for (const [name, { spec }] of pods(all)) {
      expect(spec.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(spec.automountServiceAccountToken, name).toBe(false);
      for (const forbidden of ['hostNetwork', 'hostPID', 'hostIPC', 'volumes']) {
        expect(spec[forbidden], `${name} ${forbidden}`).toBeUndefined();
      }
      for (const container of spec.containers) {
        expect(container.securityContext, name).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources, name).toMatchObject({
          requests: { cpu: expect.any(String), memory: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
      }
    }
  });

  it('every pod runs under an account of its own, with a role at AWS', () => {
    for (const [name, { spec }] of pods(all)) {
      const account = named(all, 'ServiceAccount', String(spec.serviceAccountName));
      expect(account?.metadata.annotations?.['eks.amazonaws.com/role-arn'], name).toMatch(
        /^arn:aws:iam::\d{12}:role\//,
      );
    }
  });

  it('nobody reaches anybody unless a policy allows it', () => {
    const { spec } = named(all, 'NetworkPolicy', 'default-deny');
    expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('the settings are settings, and with the secret ones a configuration for production', () => {
    const { data } = named(all, 'ConfigMap', 'settings');
    expect(Object.keys(data).filter((name) => !(name in SETTINGS.shape))).toEqual([]);
    const secret = {
      DATABASE_URL: 'postgres://surveys:8hXq0Zr5@db.example/surveys',
      OIDC_CLIENT_SECRET: 'aHkq37dkP0s8wZx1',
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      PHONE_HASH_KEY: randomBytes(32).toString('base64'),
    };
    expect(readConfig({ ...(data as object), ...secret })).toHaveProperty('config');
  });
});

describe('production', () => {
  const all = render(path.join(K8S, 'production'));
  const deployments = all.filter(({ kind }) => kind === 'Deployment') as (Resource & {
    spec: Record<string, never>;
  })[];

  it('has the three processes, each probed, drained, kept available and selected by its own labels', () => {
    expect(deployments.map(({ metadata }) => metadata.name).toSorted()).toEqual([
      'api',
      'scheduler',
      'worker',
    ]);
    for (const { metadata, spec } of deployments) {
      const { template, selector } = spec as unknown as {
        template: Pod & Resource;
        selector: { matchLabels: object };
      };
      const container = template.spec.containers[0] as Record<string, never> & {
        env: { name: string; value: string }[];
      };
      expect(container.args).toEqual([metadata.name]);
      for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        expect(container[probe], probe).toHaveProperty('httpGet');
      }
      const drain = Number(container.env.find(({ name }) => name === 'DRAIN_SECONDS')?.value);
      // preStop and the drain together, before the kubelet kills.
      expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drain + 10);
      expect(template.metadata.labels).toMatchObject(selector.matchLabels);
      const budget = named(all, 'PodDisruptionBudget', metadata.name);
      expect(budget.spec).toMatchObject({ minAvailable: 1, selector: { matchLabels: selector.matchLabels } });
    }
  });

  it('lets a call of any length finish', () => {
    const api = named(all, 'Deployment', 'api') as Resource & { spec: { template: Pod } };
    const { env } = api.spec.template.spec.containers[0] as unknown as {
      env: { name: string; value: string }[];
    };
    const drain = Number(env.find(({ name }) => name === 'DRAIN_SECONDS')?.value);
    const longest = SETTINGS.shape.CALL_TIME_LIMIT_SECONDS.parse(undefined);
    expect(drain * 0.8).toBeGreaterThanOrEqual(longest);
  });

  it('scales what is there', () => {
    const scalers = all.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(scalers.length).toBeGreaterThan(0);
    for (const { spec } of scalers as (Resource & { spec: { scaleTargetRef: { name: string } } })[]) {
      expect(named(all, 'Deployment', spec.scaleTargetRef.name)).toBeDefined();
    }
  });

  it('uses one image, by its version', () => {
    const images = pods(all).flatMap(([, { spec }]) => spec.containers.map(({ image }) => image));
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(/\.dkr\.ecr\..*\/voicesurveyagent:\d+\.\d+\.\d+$/);
  });
});

it('the CronJob variant has no scheduler that stays, and one round a minute', () => {
  const all = render(path.join(K8S, 'production-cronjob'));
  expect(named(all, 'Deployment', 'scheduler')).toBeUndefined();
  expect(named(all, 'PodDisruptionBudget', 'scheduler')).toBeUndefined();
  const { spec } = named(all, 'CronJob', 'scheduler') as Resource & { spec: Record<string, unknown> };
  expect(spec).toMatchObject({ schedule: '* * * * *', concurrencyPolicy: 'Forbid' });
  expect(pods(all).find(([name]) => name === 'CronJob scheduler')?.[1].spec.containers[0]).toMatchObject({
    args: ['scheduler', '--once'],
  });
});
