import type { Activities } from '../contracts/activities.ts'
import { findingOf } from '../domain/checks/checks.ts'
import { sendAgain, unconfirmedCheck } from '../domain/checks/mail-delivery.ts'
import { anHour, type Stalled } from '../domain/state/azure-wait.ts'
import type { Finding } from '../domain/terms/evidence.ts'
import type { Workload } from '../domain/terms/workloads.ts'
import { zip } from '../domain/terms/zip.ts'
import { actForEach, keeperOf, now, type Story } from './durable.ts'
import type { Run } from './run.ts'
import { lookUntil } from './wait-on-azure.ts'

/** A mail to one alias. */
export interface AliasSending {
  readonly workload: Workload
  /** How often people have said that it is to be sent once more. */
  readonly again: number
  /** Why they are asked. */
  readonly finding?: Finding
  /** Azure has told what became of it. It forgets that in time, so it is not asked again. */
  readonly ended?: boolean
}

type Mail = Activities['notify-microsoft']['output']
type MailLook = Activities['look-at-mail']['output']

interface UnderWay {
  readonly sending: AliasSending
  readonly mail: Mail
  readonly said: string
}

/** Follows accepted mails to their ends. One that was dropped, or that Azure says nothing of, is never sent again by itself. */
export function* followed(
  run: Run,
  sendings: readonly AliasSending[],
  mails: readonly Mail[]
): Story<readonly AliasSending[]> {
  const after = new Map<Workload, AliasSending>()
  let open = zip(sendings, mails).flatMap(([sending, mail]) =>
    isToFollow(run, sending, mail) ? [{ sending, mail, said: '' }] : []
  )
  let looksOf = handedOver
  const look = function* () {
    const looks = zip(open, yield* looksOf(run, open))
    looksOf = looksAt
    for (const [{ sending }, { notYet, finding }] of looks)
      if (notYet === undefined) after.set(sending.workload, endOf(sending, finding))
    open = looks.flatMap(([each, { notYet: said }]) => (said === undefined ? [] : [{ ...each, said }]))
  }
  const awaited = { what: 'the mails to Microsoft to be delivered', patience: { ...anHour, first: 15 } }
  const { stalled } = yield* lookUntil(keeperOf(run.context), awaited, look, () =>
    open.length === 0 ? undefined : { said: open.map(({ said }) => said).join(', ') }
  )
  if (stalled) for (const each of open) after.set(each.sending.workload, unconfirmed(run, each, stalled))
  return sendings.map((each) => after.get(each.workload) ?? each)
}

/** A mail that breaks a rule was not sent; what a person has vouched for is over, whatever Azure knows. */
const isToFollow = ({ board }: Run, { ended = false, finding }: AliasSending, { findings }: Mail): boolean =>
  !ended && findings.length === 0 && !board.state.overrides.some(({ code }) => code === finding?.code)

/** What the sending told: there is nothing to ask at once. */
function* handedOver(_: Run, open: readonly UnderWay[]): Story<MailLook[]> {
  yield* [] // nothing is waited for
  return open.map(({ mail: { bounced, operationId } }) =>
    bounced ? { finding: bounced } : { notYet: `the mail's operation ${operationId} was begun` }
  )
}

const looksAt = ({ context, requestId }: Run, open: readonly UnderWay[]): Story<MailLook[]> =>
  actForEach(
    context,
    'look-at-mail',
    open.map(({ sending: { workload }, mail: { operationId, to } }) => ({
      onboarding: requestId,
      now: now(context),
      workload,
      operationId,
      to
    }))
  )

/** What was found before is over. */
const endOf = ({ workload, again }: AliasSending, finding: Finding | undefined): AliasSending => ({
  workload,
  again,
  ended: true,
  ...(finding && { finding })
})

function unconfirmed({ requestId }: Run, { sending, mail, said }: UnderWay, stalled: Stalled): AliasSending {
  const { workload } = sending
  const { operationId, to } = mail
  const expected = { onboarding: requestId, workload, operationId }
  const about = { resource: to, suffix: to }
  const finding = findingOf(unconfirmedCheck, { observed: { ...stalled, said }, expected }, about)
  return { ...sending, finding: { ...finding, mend: sendAgain(to) } }
}
