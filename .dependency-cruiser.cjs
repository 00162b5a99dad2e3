/** The arrows of ARCHITECTURE.md. Any other fails the build, those of types too. */
const ours = '^(src|local|cli|test|bench)/'

/** Files of `from` import, of our own code, only themselves and what is allowed. */
const everywhere = '^src/(at-a-time|lazily|names|sha256)[.]ts$'
const config = '^src/config/'
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: ours, pathNot: [from, everywhere, ...allowed] }
})

/** The subjects of the domain, from the ground up: each may import those before it. */
const subjects = [
  'terms',
  'resources',
  'governance',
  'requirements',
  'calendar',
  'people',
  'request',
  'plan',
  'tasks',
  'state',
  'ledger',
  'backups',
  'mails',
  'checks',
  'hand-off',
  'deployment',
  'views'
]
const downwards = subjects.map((subject, index) =>
  only(
    `domain-${subject}-looks-down`,
    `^src/domain/${subject}/`,
    subjects.slice(0, index).map((below) => `^src/domain/${below}/`)
  )
)

/** The rooms of the simulated Azure: what each may know beside `core`, on which all stand and which knows none of them. */
const rooms = {
  core: [],
  token: [],
  entra: ['graph'],
  insights: [],
  graph: ['token'],
  microsoft: ['arm'],
  storage: ['graph'],
  email: ['eventgrid', 'microsoft'],
  arm: ['graph', 'eventgrid', 'microsoft'],
  keyvault: ['arm', 'eventgrid', 'graph'],
  eventgrid: ['arm', 'keyvault', 'storage']
}
const services = Object.entries(rooms).map(([room, others]) =>
  only(
    `azure-${room}-knows-what-it-names`,
    `^local/azure/${room}/`,
    ['core', ...others]
      .map((other) => `^local/azure/${other}/`)
      .concat('^local/azure/(seed-shape|stable-guid|group-ids)[.]ts$')
  )
)

const packagesOnly = (name, from, pathNot, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot },
  to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], pathNot: allowed }
})

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: { pathNot: '^test/' }, to: { circular: true } },
    ...downwards,
    {
      name: 'a-subject-for-each-file-of-the-domain',
      severity: 'error',
      from: {},
      to: { path: '^src/domain/', pathNot: `^src/domain/(${subjects.join('|')})/` }
    },
    only('contracts-know-domain', '^src/contracts/', ['^src/domain/']),
    only('config-knows-domain', '^src/config/', ['^src/domain/']),
    only('azure-knows-contracts', '^src/azure/', ['^src/(contracts|domain)/', config]),
    only('records-know-contracts', '^src/records/', ['^src/(contracts|domain)/']),
    only('steps-know-what-they-use', '^src/steps/', ['^src/(azure|records|contracts|domain)/', config]),
    only('activities-know-steps', '^src/activities/', ['^src/(steps|contracts|domain)/']),
    only('orchestrators-know-contracts', '^src/orchestrators/', ['^src/(contracts|domain)/']),
    only('triggers-know-web', '^src/triggers/', ['^src/(web|contracts|domain)/']),
    only('web-knows-domain', '^src/web/', ['^src/domain/']),
    { name: 'the-browser-gets-one-file', severity: 'error', from: { path: '^src/web/browser/' }, to: {} },
    {
      name: 'nothing-runs-here-what-a-browser-runs',
      severity: 'error',
      from: { path: '^(src|local|cli|bench)/' },
      to: { path: '^src/web/browser/' }
    },
    only('cli-knows-the-api', '^cli/', ['^src/(contracts|domain|azure|steps|records)/']),
    {
      // A plan that is made again is another plan: docs/decisions/0070.
      name: 'a-plan-is-made-once',
      severity: 'error',
      from: {
        path: ours,
        pathNot:
          '^(src/steps/plans/planner|src/contracts/http/openapi-examples|cli/commands/plan|local/start|local/sweep/onboard|test/.*)[.]ts$'
      },
      to: { path: '^src/domain/plan/build-plan[.]ts$' }
    },
    {
      name: 'src-is-deployed-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(local|cli|test|bench)/' }
    },
    only('the-host-stands-alone', '^local/host/', []),
    only('the-simulated-azure-knows-nothing-of-the-app', '^local/azure/', []),
    ...services,
    only('the-stage-knows-host-and-azure', '^local/stage/', ['^local/(azure|host)/']),
    only('rehearsals-know-azure-and-the-domain', '^local/rehearsal/', [
      '^local/azure/',
      '^local/stage/api[.]ts$',
      '^local/recount/',
      '^src/domain/'
    ]),
    only('the-recount-knows-nothing-of-the-app', '^local/recount/', ['^local/azure/core/journal[.]ts$']),
    only('the-sweep-plays-on-the-stage', '^local/sweep/', [
      '^local/(azure|stage|rehearsal)/',
      '^src/domain/',
      '^src/azure/telemetry[.]ts$'
    ]),
    only('supply-stands-alone', '^local/supply/', []),
    packagesOnly('domain-is-pure', '^src/domain/', undefined, ['zod', 'temporal-polyfill']),
    packagesOnly('contracts-are-pure', '^src/contracts/', undefined, ['zod']),
    packagesOnly('orchestrators-are-pure', '^src/orchestrators/', 'durable[.]ts$', ['^$']),
    {
      name: 'sdk-clients-stay-in-azure',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/azure/' },
      to: { path: 'node_modules/@azure/(?!functions)' }
    },
    {
      name: 'durable-client-in-one-file',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app|triggers/durable-client|orchestrators/durable)[.]ts$' },
      to: { path: 'node_modules/durable-functions' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types']
    }
  }
}
