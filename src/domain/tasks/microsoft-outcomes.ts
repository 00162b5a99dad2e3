import { listOf } from '../terms/words.ts'
import { workloads, type Workload } from '../terms/workloads.ts'
import { quotedInPowerShell } from '../terms/powershell.ts'

/** What the next step is written of. */
export interface AskedOfMicrosoft {
  readonly onboarding: string
  readonly tenantId: string
  /** Of slot 1 and slot 2. */
  readonly subscriptionIds: readonly [string, string]
  /** Those of the plan whose aliases were written to, or the one that the answer is about. */
  readonly workloads: readonly Workload[]
}

interface Outcome {
  /** What was answered: begins a sentence, and is chosen from a list. */
  readonly title: string
  /** Whose turn it is then. */
  readonly turn: 'people' | 'microsoft'
  readonly commands: (about: AskedOfMicrosoft) => readonly string[]
  /** What to do. */
  readonly next: (about: AskedOfMicrosoft, commands: readonly string[]) => string
}

/** The text of each mail, as the app wrote it. */
const mailTexts = ({ onboarding, workloads: all }: AskedOfMicrosoft): string[] =>
  all.map((workload) => `ckey mail ${onboarding} send-mail-${workload}`)

const thenRecord =
  'Then record its number here, as ticket-opened: the onboarding goes on by itself once both subscriptions show Registered.'

const byRequest = {
  turn: 'people',
  commands: mailTexts,
  next: (_, commands) =>
    'Open a support request in the Microsoft 365 admin center (Support, Help & support), with the text of the mail: ' +
    `${listOf(commands)}. ${thenRecord}`
} as const satisfies Omit<Outcome, 'title'>

const untilItAnswers = {
  turn: 'microsoft',
  commands: ({ onboarding }) => [`ckey acknowledge ${onboarding}`],
  next: (_, [command = '']) =>
    `There is nothing to do until it answers. Its acknowledgement has the days count anew (${command}); whatever else it ` +
    'answers is recorded here.'
} as const satisfies Omit<Outcome, 'title'>

/**
 * What Microsoft may answer to the mails, beside what its article says. That each of these happens is known from people who
 * set Customer Key up in 2025, and from the newest article, which names Microsoft Support and no alias; which one comes,
 * nobody can know.
 */
export const microsoftOutcomes = {
  bounced: { title: 'The mail came back', ...byRequest },
  'open-a-ticket': { title: 'Microsoft asks for a support request', ...byRequest },
  'use-onboarding-service': {
    title: 'Microsoft asks for its onboarding service',
    turn: 'people',
    commands: (about) => [...about.workloads.flatMap((workload) => serviceCommand(workload, about))],
    next: (about, commands) => [...serviceSentence(commands), ...unservedSentence(about), thenRecord].join(' ')
  },
  'ticket-opened': { title: 'A support request is open', ...untilItAnswers },
  'working-on-it': { title: 'Microsoft works on it', ...untilItAnswers }
} as const satisfies Readonly<Record<string, Outcome>>

export type MicrosoftOutcome = keyof typeof microsoftOutcomes

export const microsoftOutcomeNames = Object.keys(microsoftOutcomes) as [MicrosoftOutcome, ...MicrosoftOutcome[]]

/** What is said of an outcome. */
export const outcomeOf = (outcome: MicrosoftOutcome): Outcome => microsoftOutcomes[outcome]

/** Source of the cmdlet: https://www.powershellgallery.com/packages/M365CustomerKeyOnboarding, version 1.1.1. */
function serviceCommand(
  workload: Workload,
  { tenantId, subscriptionIds: [first, second] }: AskedOfMicrosoft
): string[] {
  const { scenario } = workloads[workload]
  if (scenario === undefined) return []
  const values = { OrganizationId: tenantId, Scenario: scenario.name, Subscription1: first, Subscription2: second }
  const given = Object.entries(values).map(([name, value]) => `-${name} ${quotedInPowerShell(value)}`)
  return [`New-CustomerKeyOnboardingRequest ${given.join(' ')} -OnboardingMode ${quotedInPowerShell('Prepare')}`]
}

const serviceSentence = (commands: readonly string[]): string[] =>
  commands.length === 0
    ? []
    : [
        `In PowerShell, with the module M365CustomerKeyOnboarding, run ${commands.join('; ')}. The mode Prepare and the scenario ` +
          'EXO are written here from memory alone: Get-Help New-CustomerKeyOnboardingRequest -Full says what your version takes.'
      ]

function unservedSentence(about: AskedOfMicrosoft): string[] {
  const unserved = about.workloads.filter((workload) => workloads[workload].scenario === undefined)
  if (unserved.length === 0) return []
  const texts = mailTexts({ ...about, workloads: unserved })
  return [
    `The service does not know ${listOf(unserved)}: open a support request in the Microsoft 365 admin center with the text of the mail, ${listOf(texts)}.`
  ]
}
