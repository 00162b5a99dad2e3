/** The arrows of ARCHITECTURE.md. Any other fails the build. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|local|cli|test|bench)/', pathNot: [from, ...allowed] }
})

const packagesOnly = (name, from, pathNot, allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot },
  to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], pathNot: allowed }
})

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    },
    only('domain-knows-itself', '^src/domain/', []),
    only('orchestrators-know-domain', '^src/orchestrators/', ['^src/domain/', '^src/names[.]ts$']),
    only('activities-know-azure', '^src/activities/', ['^src/(azure|domain)/', '^src/(names|config)[.]ts$']),
    only('azure-knows-domain', '^src/azure/', ['^src/domain/', '^src/config[.]ts$']),
    only('triggers-know-web', '^src/triggers/', ['^src/(web|domain)/', '^src/names[.]ts$']),
    only('web-knows-domain', '^src/web/', ['^src/domain/']),
    only('cli-knows-domain', '^cli/', ['^src/(domain|azure)/']),
    {
      name: 'src-is-deployed-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(local|cli|test|bench)/' }
    },
    packagesOnly('domain-is-pure', '^src/domain/', undefined, ['zod', 'temporal-polyfill']),
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
