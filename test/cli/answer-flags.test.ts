import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { flagOf, valuesOf, withAnswers } from '../../cli/answer-flags.ts'
import { withApp } from '../../cli/options.ts'
import { taskKinds } from '../../src/domain/tasks/task-kinds.ts'

const kinds = Object.values(taskKinds)

test('every field of every form has a flag, and none is one that every command has', () => {
  const own = withAnswers(new Command()).options.map(({ long }) => long)
  const common = withApp(new Command()).options.map(({ long }) => long)
  const wanted = kinds.flatMap(({ form }) => form.fields.map(flagOf))
  expect(new Set(own)).toEqual(new Set(wanted))
  expect(own.filter((flag) => common.includes(flag))).toEqual([])
})

describe.each(kinds.map(({ kind, form }) => ({ kind, form })))('the flags of $kind', ({ form }) => {
  test('say what its fields say, one after the other where there may be several', () => {
    const command = withAnswers(new Command()).exitOverride()
    const said = form.fields.flatMap((field) =>
      field.kind === 'lines' ? [flagOf(field), 'one', flagOf(field), 'two'] : [flagOf(field), 'one']
    )
    command.parse(said, { from: 'user' })
    const values = valuesOf(form.fields, command.opts())
    for (const { name, kind } of form.fields) {
      if (kind === 'confirm') expect(values).toMatchObject({ [name]: '', planDigest: 'one' })
      else expect(values[name]).toBe(kind === 'lines' ? 'one\ntwo' : 'one')
    }
  })

  test('say nothing that was not given', () => {
    expect(valuesOf(form.fields, {})).toEqual({})
  })
})
