import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAnswer, readAnswer, reasonOf } from '../../../src/domain/tasks/answers.ts'
import type { FormField, FormValues } from '../../../src/domain/tasks/form.ts'
import { isOf, taskName } from '../../../src/domain/tasks/task.ts'
import { kindOf, taskKinds } from '../../../src/domain/tasks/task-kinds.ts'
import { operatorsAsked, whyNotBy } from '../../../src/domain/tasks/who-may-answer.ts'
import { planOf, threeWorkloads } from '../examples.ts'
import { eachTask, tasks } from '../tasks.ts'

const plan = planOf(threeWorkloads())
const context = { planDigest: plan.digest, zone: 'America/Los_Angeles' }
const of = (task: (typeof eachTask)[number]) => ({ name: taskName(task), task, kind: kindOf(task) })

describe.each(eachTask.map(of))('the kind of $name', ({ task, kind }) => {
  it('is said under its own name, with title, button and a sentence for each field', () => {
    expect(taskKinds[task.kind].kind).toBe(task.kind)
    expect(kind.form.title(task)).toMatch(/^[A-Z].+[^.]$/)
    expect(kind.form.action).toMatch(/^[A-Z]/)
    for (const field of kind.form.fields) expect(field.label).toMatch(/^[A-Z].+[^.]$/)
  })

  it('has an example that its schema takes as it stands', () => {
    expect(parseAnswer(task, kind.answer.example)).toEqual(kind.answer.example)
  })

  it('has a form whose fields make that example', () => {
    const values = typed(kind.form.fields, kind.answer.example)
    const answer = parseAnswer(task, kind.form.toAnswer(values, { ...context, planDigest: exampleDigest }))
    expect(answer).toEqual(kind.answer.example)
  })

  it('takes whatever is typed for an answer or for faults, each at a field of its answer, and never throws', () => {
    const names = kind.form.fields.map(({ name }) => name)
    fc.assert(
      fc.property(fc.record(Object.fromEntries(names.map((name) => [name, fc.string()]))), (values) => {
        const { answer, faults = [] } = readAnswer(task, kind.form.toAnswer(values, context), plan)
        if (answer !== undefined) expect(parseAnswer(task, answer)).toEqual(answer)
        for (const { path, message } of faults) {
          expect(path).toMatch(/^\/[A-Za-z]+/)
          expect(message).toMatch(/\.$/)
        }
      })
    )
  })

  it('refuses what nobody asked for', () => {
    const { faults = [] } = readAnswer(task, { ...kind.answer.example, nobodyAsked: true }, plan)
    expect(faults.map(({ path }) => path)).toContain('/nobodyAsked')
  })

  it('tells the audit why where it asks for a reason, or for Microsoft’s reference', () => {
    const asks = kind.form.fields.some(({ name }) => name === 'reason' || name === 'reference')
    expect(reasonOf(task, kind.answer.example) !== undefined).toBe(asks)
  })
})

describe('who may answer', () => {
  const people = plan.slots.flatMap(({ operators }) => operators)

  it('are the operators asked and nobody else, in every task of every kind but the one for outsiders', () => {
    fc.assert(
      fc.property(tasks, fc.constantFrom(...people, 'mallory@contoso.com'), (task, by) => {
        const isOutside = isOf(task, 'confirm-replacement') && !people.includes(by)
        expect(whyNotBy(plan, task, by) === undefined).toBe(operatorsAsked(plan, task).includes(by) || isOutside)
      })
    )
  })

  it('are those of one slot where the task is of a slot, and of both or of none where somebody leaves', () => {
    fc.assert(
      fc.property(tasks, (task) => {
        const isOfBoth = isOf(task, 'replace-operator', 'withdraw-replacement')
        const slot = 'slot' in task && !isOfBoth ? task.slot : undefined
        const isOfOthers = isOf(task, 'confirm-replacement', 'confirm-plan')
        const asked = plan.slots.filter((each) => !isOfOthers && (slot === undefined || each.slot === slot))
        expect(operatorsAsked(plan, task)).toEqual(asked.flatMap(({ operators }) => operators))
      })
    )
  })

  it('are those of the slot that a vault of the plan is in', () => {
    for (const { slot, vaultName } of plan.policies.flatMap(({ vaults }) => vaults)) {
      const own = plan.slots.find((each) => each.slot === slot)?.operators
      for (const kind of ['import-key', 'assign-contributor'] as const)
        expect(operatorsAsked(plan, { kind, vault: vaultName.toLowerCase() })).toEqual(own)
    }
  })
})

const exampleDigest = taskKinds.approve.answer.example.planDigest

/** The example as somebody types it. */
function typed(fields: readonly FormField[], example: object): FormValues {
  const said = new Map<string, unknown>(Object.entries(example))
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) =>
      kind === 'confirm' ? [[name, 'yes']] : said.has(name) ? [[name, asTyped(said.get(name))]] : []
    )
  )
}

function asTyped(value: unknown): string {
  if (Array.isArray(value)) return value.map(asTyped).join('\n')
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, email } = value as { name: string; email: string } // the one kind of object in an answer
  return `${name} <${email}>`
}
