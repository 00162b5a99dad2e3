import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { draftPlan } from '../src/domain/plan/build-plan.ts'
import type { OnboardingRequest } from '../src/domain/request/request.ts'
import { actorOf } from './azure/seed-people.ts'
import { handsInAzure, keepLooking } from './rehearsal/hands-in-azure.ts'
import { asksForHelp, orFaults, readRequestFile } from './rehearsal/request-file.ts'
import { setStage, type Stage } from './rehearsal/stage.ts'

const usage = 'npm start -- [--port N] [--clock real|skip] [--request FILE] [--keep DIR] [--hands]'

const help = `
  npm start -- [option …]   the app with a simulated Azure, to explore by hand

  --request FILE    what its Azure is for (default samples/three-workloads.json)
  --port N          default 7071; 0: any that is free
  --clock real|skip  skip: waiting is skipped; time stands while people think
  --hands           what tasks ask for in Azure is done; only answers are yours
  --keep DIR        its state; it goes on there next time (.rehearsal/start)
`

/** Where `ckey` looks when nobody tells it. */
const usualUrl = 'http://127.0.0.1:7071'

const clocks = {
  real: 'the real one: five business days take a week (--clock skip skips waiting)',
  skip: 'skips waiting; it stands while all wait for a person'
} as const

await serve().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
})

/** The simulated Azure and the app on the embedded host, for a person to explore. Nobody answers here but that person. */
async function serve(): Promise<void> {
  if (asksForHelp(process.argv.slice(2))) return void process.stdout.write(help)
  const { port, mode, keep, file, hands } = readOptions()
  const request = readRequestFile(file)
  const operator = actorOf(request.subscriptions[0]?.operators[0], request.organization.domain)
  const user = process.env['CKEY_LOCAL_USER'] ?? operator
  const stage = await setStage({
    request,
    keep,
    clock: { mode },
    port,
    microsoft: { approveAfterBusinessDays: 4 },
    settings: { CKEY_LOCAL_USER: user }
  })
  introduce({
    url: await stage.host.ready,
    user,
    request,
    file,
    mode,
    az: azEnvironment(stage),
    page: codePage(stage),
    hands
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stage.strike())
  if (!hands) return
  const plan = draftPlan(request)
  const look = handsInAzure({ ...stage, plan, say: (line) => process.stdout.write(`${line}\n`) })
  await keepLooking(look, () => sleep(1000))
}

interface Introduction {
  readonly url: string
  readonly user: string
  readonly request: OnboardingRequest
  readonly file: string
  readonly mode: 'real' | 'skip'
  readonly az: string
  /** Where the code that az shows is entered. */
  readonly page: string
  readonly hands: boolean
}

/** What leads az here, and keeps its sign-ins apart from a person's own. */
function azEnvironment({ azure: { hostEnvironment: env }, folder }: Stage): string {
  return [
    `HTTPS_PROXY=${env['HTTPS_PROXY'] ?? ''}`,
    `REQUESTS_CA_BUNDLE=${env['NODE_EXTRA_CA_CERTS'] ?? ''}`,
    `AZURE_CONFIG_DIR=${join(folder, 'az')}`
  ].join(' ')
}

function codePage({ azure }: Stage): string {
  return `${azure.hostEnvironment['CKEY_DIRECTORY_URL'] ?? ''}device`
}

function introduce({ url, user, request, file, mode, az, page, hands }: Introduction): void {
  const { domain, tenantId } = request.organization
  const there = url === usualUrl ? '' : ` --url ${url}`
  const lines = [
    '',
    '  Customer Key onboarding · REHEARSAL on this machine · nothing here touches Azure',
    '',
    `  Page     ${url}/`,
    `  You are  ${user}; "Sign in" on the page, or --as here, makes you another`,
    `  Azure    a simulated one, with ${domain} and all that ${file} asks for`,
    `  Clock    ${clocks[mode]}`,
    '',
    '  The same by command, in another terminal:',
    '',
    `    npx ckey plan ${file}${there}`,
    `    npx ckey start ${file}${there}`,
    `    npx ckey watch ${request.id}${there}`,
    '',
    ...(hands
      ? ['  What tasks ask for in Azure itself is done for you, because of --hands.']
      : [
          '  What tasks ask for in Azure itself you do with az (--hands does it for you):',
          '',
          `    export ${az}`,
          `    az login --use-device-code --tenant ${tenantId}`,
          `    curl "${page}?user=${user}&code=CODE"   elsewhere, CODE as az shows it`
        ]),
    '',
    '  Ctrl-C ends it; the same folder goes on next time.',
    ''
  ]
  process.stdout.write(lines.join('\n'))
}

interface Options {
  readonly port: number
  readonly mode: 'real' | 'skip'
  readonly keep: string
  readonly file: string
  /** Whether what tasks ask for in Azure is done for the person who answers them. */
  readonly hands: boolean
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '7071' },
      clock: { type: 'string', default: 'real' },
      keep: { type: 'string', default: '.rehearsal/start' },
      request: { type: 'string', default: 'samples/three-workloads.json' },
      hands: { type: 'boolean', default: false }
    }
  })
  const port = Number(values.port)
  const mode = (['real', 'skip'] as const).find((each) => each === values.clock)
  const faults = [
    ...(Number.isInteger(port) && port >= 0 && port < 65_536
      ? []
      : [`--port ${values.port} is no port. Give one from 0 to 65535.`]),
    ...(mode ? [] : [`--clock ${values.clock} is not known. Give real or skip.`])
  ]
  return orFaults(faults, usage, {
    port,
    mode: mode ?? 'real',
    keep: values.keep,
    file: values.request,
    hands: values.hands
  })
}
