import { connectInspector, personsCredential } from '../src/azure/connect-person.ts'
import type { Lack } from '../src/domain/deployment/check.ts'
import type { Identity } from '../src/domain/terms/evidence.ts'
import { inspectApp, inspectSlot, type Inspected } from '../src/steps/deployment/inspect.ts'
import { parts } from './part-option.ts'
import { diagnosisLines, type Diagnosed } from './diagnosis-lines.ts'
import { CkeyError, exitCodes, type Report } from './report.ts'
import { requestOf } from './request-file.ts'

interface Wanted {
  /** The app's subscription. */
  readonly deployed: string
  readonly request?: string
  readonly part?: readonly Identity[]
}

/** What was deployed, looked at with a person's own sign-in: what they may not read is said so, and is no success. */
export async function inspectDeployed({ deployed, request: file, part: wanted = parts }: Wanted): Promise<Report> {
  if (file === undefined)
    throw new CkeyError(
      'What to look at is not known: names and subscriptions are in the request. Give --request FILE.',
      exitCodes.unusable
    )
  const { namePrefix, subscriptions } = await requestOf(file)
  const inspector = connectInspector(personsCredential())
  const looks: Promise<Inspected[]>[] = []
  if (wanted.includes('app')) looks.push(inspectApp(inspector, { subscriptionId: deployed, namePrefix }))
  for (const { slot, id } of subscriptions)
    if (wanted.includes(`slot-${slot}`)) looks.push(inspectSlot(inspector, { subscriptionId: id, namePrefix }, slot))
  const inspected = (await Promise.all(looks)).flat()
  const checks = inspected.flatMap(diagnosed)
  const ok = checks.every(({ state }) => state === 'ok' || state === 'note')
  return {
    data: { ok, checks, inspected },
    lines: diagnosisLines(checks),
    exitCode: ok ? exitCodes.done : exitCodes.refused
  }
}

function diagnosed({ part, code, lacks, unread }: Inspected): Diagnosed[] {
  const about = `${part} ${code}`
  if (unread !== undefined) return [{ about, state: 'unread', detail: `could not be looked at: ${unread}` }]
  if (lacks.length === 0) return [{ about, state: 'ok', detail: 'as it was deployed' }]
  return lacks.map((lack) => ({ about, state: lack.isChoice ? 'note' : 'missing', detail: told(lack) }))
}

const told = ({ on, observed, cure }: Lack): string => `${on}: ${observed}. ${cure}`
