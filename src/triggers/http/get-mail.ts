import { isOf, taskNamed } from '../../domain/tasks/task.ts'
import { onboardingOf } from './branches.ts'
import type { Deployment } from './deployment.ts'
import { refusal } from './http.ts'
import { documentOf } from './onboarding-document.ts'
import type { Handler } from './route.ts'

/**
 * `GET /api/onboardings/{id}/mails/{task}?format=eml|txt`: the mail that a task asks a person to send, to open in a mail
 * program or to read. From the store; it passes through no history.
 */
export const getMail =
  ({ steps }: Deployment): Handler<'getMail'> =>
  async ({ params: { id: requestId, task: name }, query, orchestrations }) => {
    const onboarding = await onboardingOf({ ...steps, orchestrations }, requestId)
    const { id } = documentOf(onboarding)
    const task = taskNamed(name)
    const text = task && isOf(task, 'send-mail', 'send-escalation') ? await steps.library.mail(id, task) : undefined
    if (text === undefined) throw none(id, name)
    const headers =
      query.format === 'txt'
        ? { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
        : { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${id}-${name}.eml"` }
    return { headers, body: text }
  }

const none = (id: string, task: string) =>
  refusal({
    code: 'no-such-mail',
    title: `Onboarding "${id}" has no mail "${task}" to send`,
    detail:
      'A mail is written when a task asks a person to send it, and has the name of that task. Look at the open tasks.'
  })
