import { answerLines, besideLines, findingsPart, statusLines, taskLines } from '../onboarding-lines.ts'
import { clientOf, withApp, type AppOptions } from '../options.ts'
import type { AddCommand, Shell } from '../shell.ts'

export const addStatus: AddCommand = (program, { outside, does }) => {
  withApp(
    program.command('status <id>').description('where it stands, whose turn it is, until when, what next')
  ).action(
    does(async (id: string, options: AppOptions) => {
      const { view, now } = await viewOf(id, options, outside)
      return { data: view, lines: statusLines(view, { now, zone: outside.zone }) }
    })
  )
}

export const addTasks: AddCommand = (program, { outside, does }) => {
  withApp(
    program.command('tasks <id>').description('what was found, what is asked of whom, and the command that answers it')
  ).action(
    does(async (id: string, options: AppOptions) => {
      const { view, now } = await viewOf(id, options, outside)
      const asked = taskLines(view, { now, zone: outside.zone })
      const lines = view.findings.length === 0 ? asked.slice(2) : [...findingsPart(view).slice(1), ...asked]
      return {
        data: { tasks: view.tasks, findings: view.findings },
        lines: [
          ...(lines.length > 0 ? lines : ['Nobody is asked for anything now.']),
          ...besideLines(view),
          ...answerLines(view, { now, zone: outside.zone })
        ]
      }
    })
  )
}

export async function viewOf(id: string, options: AppOptions, outside: Shell['outside']) {
  const reply = await clientOf(options, outside).call('getOnboarding', { id })
  if (reply.status === 304) throw new Error('the app spared content that nobody has')
  return { view: reply.body, now: reply.date }
}
