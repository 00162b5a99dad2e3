import type { Library } from '../../contracts/library.ts'
import { sendTaskPattern } from '../../domain/tasks/mail-tasks.ts'
import { onboardingOf } from './branches.ts'
import { refusal, route } from './http.ts'
import { documentOf } from './onboarding-document.ts'

/**
 * `GET /api/onboardings/{id}/mails/{task}?format=eml|txt`: the mail that a task asks a person to send, to open in a mail
 * program or to read. From the store; it passes through no history.
 */
export const getMail = (library: Library) =>
  route(async ({ request, orchestrations }) => {
    const onboarding = await onboardingOf(orchestrations, request.params['id'] ?? '')
    const { id } = documentOf(onboarding)
    const task = request.params['task'] ?? ''
    const text = sendTaskPattern.test(task) ? await library.mail(id, task) : undefined
    if (text === undefined) throw none(id, task)
    const headers =
      request.query.get('format') === 'txt'
        ? { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }
        : { 'content-type': 'message/rfc822', 'content-disposition': `attachment; filename="${id}-${task}.eml"` }
    return { headers, body: text }
  })

const none = (id: string, task: string) =>
  refusal({
    status: 404,
    code: 'no-such-mail',
    title: `Onboarding "${id}" has no mail "${task.slice(0, 60)}" to send`,
    detail:
      'A mail is written when a task asks a person to send it, and has the name of that task. Look at the open tasks.'
  })
