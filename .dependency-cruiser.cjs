// Who may import whom. Floors, lowest first: a file imports from its own floor or below, never up.
const FLOORS = [
  ['errors'],
  ['infra'],
  ['audit'],
  ['auth'],
  ['events'],
  ['admin'],
  ['campaigns'],
  ['contacts'],
  ['calling'],
  ['notifications', 'reporting'],
  ['context'],
  ['api'],
  ['main'],
];

/** A floor is a folder of app/, or a file of that name. */
const pathOf = (name) => `^app/${name}(/|\\.ts$|-[^/]*\\.ts$)`;

const upward = FLOORS.flatMap((floor, level) =>
  floor.map((name) => ({
    name: `floors-${name}-imports-downstairs-only`,
    comment: `app/${name} may import from its own floor or below`,
    severity: 'error',
    from: { path: pathOf(name), pathNot: '\\.test\\.ts$' },
    to: {
      path: FLOORS.flatMap((other, otherLevel) =>
        other.filter((neighbour) => otherLevel > level || (otherLevel === level && neighbour !== name)),
      ).map(pathOf),
    },
  })),
).filter((rule) => rule.to.path.length > 0);

/** A vendor's package is imported only in the room named for it. */
const VENDORS = {
  twilio: '^app/calling/telephony/twilio/',
  fastify: '^app/api/',
  '@fastify/': '^app/api/',
  'fastify-type-provider-zod': '^app/api/',
  nodemailer: '^app/notifications/mailers/smtp-mailer',
  '@aws-sdk/client-sqs': '^app/infra/messaging/sqs',
  'sqs-consumer': '^app/infra/messaging/sqs',
  '@aws-sdk/client-sesv2': '^app/notifications/mailers/ses-mailer',
  'html-to-text': '^app/notifications/',
  liquidjs: '^app/notifications/',
  'openid-client': '^app/auth/',
  jose: '^app/auth/',
  'libphonenumber-': '^app/contacts/',
  'date-holidays': '^app/calling/scheduler/',
  exceljs: '^app/reporting/',
  'prom-client': '^app/infra/observability/',
  pino: '^app/infra/observability/',
  ai: '^app/calling/dialogue/llm/',
  '@ai-sdk/': '^app/calling/dialogue/llm/',
  '@opentelemetry/': '^app/infra/observability/',
  '@aws-sdk/client-secrets-manager': '^app/infra/config/secrets-manager',
};
const vendors = Object.entries(VENDORS).map(([vendor, room]) => ({
  name: `vendor-${vendor.replaceAll(/[^a-z]/g, '')}-in-its-room`,
  comment: `${vendor} is imported only under ${room}`,
  severity: 'error',
  from: { path: '^app/', pathNot: [room, '\\.test\\.ts$'] },
  to: {
    path: `(^|/)node_modules/${vendor}${vendor.endsWith('/') || vendor.endsWith('-') ? '' : '(/|$)'}`,
    dependencyTypesNot: ['type-only'],
  },
}));

const walls = [
  ['app-knows-no-outside', '^app/', '^(carrier|embedded|web|test|bench|scripts)/'],
  ['web-knows-only-itself', '^web/', '^(app|carrier|embedded|test|bench|scripts)/'],
  ['carrier-knows-only-itself', '^carrier/', '^(app|embedded|web|test)/'],
  ['embedded-does-not-know-the-application', '^embedded/', '^(app|web|test)/'],
  ['web-lib-below-components', '^web/lib/', '^web/(components|app)/'],
  ['web-components-below-app', '^web/components/', '^web/app/'],
  ['telephony-does-not-know-dialogue', '^app/calling/telephony/', '^app/calling/dialogue/'],
  ['dialogue-does-not-know-telephony', '^app/calling/dialogue/', '^app/calling/telephony/'],
].map(([name, from, to]) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: to },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upward,
    ...vendors,
    ...walls,
    {
      name: 'dialogue-is-pure',
      comment: 'What is said and understood reads no clock, no network, no database',
      severity: 'error',
      from: { path: '^app/calling/dialogue/(?!llm)', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
