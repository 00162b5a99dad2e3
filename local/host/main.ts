import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findApp, loadModules, localSettings, readJson } from './app-files.ts'
import { fateByMessage } from './fate.ts'
import { startHost } from './host.ts'
import { parseKeys } from './http/keys.ts'
import { isLevel, messageOf, stderrLog } from './log.ts'
import { remoteClock } from './remote-clock.ts'
import { showHistory } from './show-history.ts'
import { refuseSkippingOnRealAzure } from './skip-guard.ts'

const usage =
  'node local/host/main.ts [--app FILE_OR_DIR] [--port N] [--state FILE] [--skip-time] [--keys FILE] [--home PATH] ' +
  '[--show-history ID]'

await run().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`)
  process.exit(1)
})

/** Runs an app until SIGTERM or SIGINT. A second signal does not wait. */
async function run(): Promise<void> {
  const options = readOptions()
  if (options.showHistory !== undefined) {
    process.stdout.write(showHistory(options.state, options.showHistory))
    return
  }
  endWithParent()
  const { root, modules } = findApp(options.app)
  for (const [name, value] of Object.entries(localSettings(root))) process.env[name] ??= value
  const clockUrl = process.env['CKEY_CLOCK_URL']
  if (clockUrl || options.skipTime) refuseSkippingOnRealAzure(process.env)
  // This host plays App Service's sign-in (http/principal.ts), so it says so as App Service does.
  process.env['WEBSITE_AUTH_ENABLED'] ??= 'True'
  const level = process.env['CKEY_HOST_LOG']
  const fate = fateByMessage()
  const host = await startHost({
    load: () => loadModules(modules),
    stateFile: options.state,
    port: options.port,
    clock: clockUrl ? await remoteClock(clockUrl) : options.skipTime ? 'skip' : 'real',
    hostJson: readJson(join(root, 'host.json')),
    ...(options.keys !== undefined && { keys: parseKeys(readJson(options.keys)) }),
    home: options.home,
    log: stderrLog(isLevel(level) ? level : 'information'),
    watch: fate.watch,
    onFailure: () => process.exit(1),
    onGivenUp: () => process.exit(1)
  })
  fate.rules(host)
  // First the handlers: whoever reads the lines may send a signal at once.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void host.stop(GRACE_MS).finally(() => process.exit(0)))
  }
  process.stderr.write(`host pid ${process.pid}\nlistening ${host.url}\n`)
}

/** A rehearsal that is killed leaves nobody else to end its host, which would hold the state for ever. */
function endWithParent(): void {
  if (process.connected) process.once('disconnect', () => process.exit(1))
}

const GRACE_MS = 500

interface Options {
  readonly app: string
  readonly port: number
  readonly state: string
  readonly skipTime: boolean
  readonly keys: string | undefined
  readonly home: string | undefined
  readonly showHistory: string | undefined
}

function readOptions(): Options {
  const { values } = parse()
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is no port. Give a number from 0 to 65535.`)
  const { app, state, 'skip-time': skipTime, keys, home, 'show-history': showHistory } = values
  return { app, port, state, skipTime, keys, home, showHistory }
}

function parse() {
  const here = import.meta.dirname
  try {
    return parseArgs({
      options: {
        app: { type: 'string', default: join(here, '../../src/app.ts') },
        port: { type: 'string', default: '7071' },
        state: { type: 'string', default: join(here, '../../.rehearsal/host.db') },
        keys: { type: 'string' },
        home: { type: 'string' },
        'show-history': { type: 'string' },
        'skip-time': { type: 'boolean', default: false }
      }
    })
  } catch (error) {
    throw new Error(`${messageOf(error)}\nUsage: ${usage}`, { cause: error })
  }
}
