import { parseArgs } from 'node:util'
import { asksForHelp, orFaults } from './request-file.ts'

const scenarios = ['happy', 'sla-breach', 'crashes', 'worker-crashes', 'throttled', 'refused'] as const
export type Scenario = (typeof scenarios)[number]

export interface Options {
  readonly json: boolean
  /** Whether the numbers of Microsoft’s requirements are told. */
  readonly requirements: boolean
  readonly request: string
  /** The module or folder the host loads: the sources, or the bundle that `npm run build` makes. */
  readonly app: string
  /** Undefined: a folder of its own, removed at the end. */
  readonly keep: string | undefined
  readonly from: Date
  readonly scenario: Scenario
  readonly seed: number
}

/** A Monday, 09:00 in Redmond, with a holiday in the wait that follows: every rehearsal starts there and prints the same. */
const usualStart = '2026-11-23T17:00:00Z'

const help = `
  npm run rehearse -- [option …]     one onboarding, from request to hand-off

  --request FILE    what is asked for (default samples/three-workloads.json)
  --scenario NAME   ${scenarios.slice(0, 3).join(', ')},
                    ${scenarios.slice(3).join(', ')}
  --seed N          which moments crashes happen at
  --keep DIR        keep the state there; the same command goes on after Ctrl-C
  --from ISO        when it begins (default ${usualStart}, a Monday)
  --app PATH        what the host loads: src/app.ts, or dist after npm run build
  --requirements    tell R1 to R47, and what to know before approving
  --json            one JSON document on standard output, the story on the other

  Exit code 0: every requirement held. 1: it ended otherwise. 2: request or
  option cannot be used. 3: it waits for somebody. 130: stopped by Ctrl-C.
`

const usage =
  `npm run rehearse -- [--json] [--requirements] [--request FILE] [--keep DIR] [--from ISO] [--app PATH] ` +
  `[--scenario ${scenarios.join('|')}] [--seed N]`

/** What `--help` is answered with; undefined where nobody asks. */
export const helpFor = (argv: readonly string[]): string | undefined => (asksForHelp(argv) ? help : undefined)

/** Reads the command line. Throws one error that says what is wrong and how to call. */
export function readOptions(argv: readonly string[]): Options {
  const values = parsed(argv)
  const from = new Date(values.from)
  const seed = Number(values.seed)
  const scenario = scenarios.find((each) => each === values.scenario)
  const faults = [
    ...(Number.isNaN(from.getTime()) ? [`--from ${values.from} is no date. Give one like ${usualStart}.`] : []),
    ...(Number.isSafeInteger(seed) && seed >= 0 ? [] : [`--seed ${values.seed} is no whole number. Give one from 0.`]),
    ...(scenario ? [] : [`--scenario ${values.scenario} is not known. Give one of ${scenarios.join(', ')}.`])
  ]
  const { json, requirements, request, keep, app } = values
  return orFaults(faults, usage, { json, requirements, request, keep, app, from, scenario: scenario ?? 'happy', seed })
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        json: { type: 'boolean', default: false },
        requirements: { type: 'boolean', default: false },
        request: { type: 'string', default: 'samples/three-workloads.json' },
        keep: { type: 'string' },
        app: { type: 'string', default: 'src/app.ts' },
        from: { type: 'string', default: usualStart },
        scenario: { type: 'string', default: 'happy' },
        seed: { type: 'string', default: '1' }
      }
    }).values
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`, { cause: error })
  }
}
