import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parameterFiles, writeSnapshot } from '../../local/bicep.ts'
import { bicep } from './template.ts'

const folder = mkdtempSync(join(tmpdir(), 'snapshots-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Snapshot {
  readonly predictedResources: readonly { readonly id: string; readonly type: string; readonly tags?: unknown }[]
  readonly diagnostics: readonly unknown[]
}
const snapshotIn = (root: string, name: string): Snapshot =>
  JSON.parse(readFileSync(join(root, 'infra', `${name}.snapshot.json`), 'utf8')) as Snapshot

describe.skipIf(bicep === undefined)('what would be deployed', () => {
  test('is what was committed; after a change of templates: npm run infra -- --write, and read the difference', () => {
    cpSync('infra', join(folder, 'infra'), { recursive: true })
    for (const name of parameterFiles) {
      writeSnapshot(bicep ?? '', join(folder, 'infra', `${name}.bicepparam`))
      expect(snapshotIn(folder, name)).toEqual(snapshotIn('.', name))
    }
  }, 240_000)
})

test('every file of parameters has its snapshot', () => {
  const files = globSync('infra/**/*.bicepparam').filter((file) => !/slot[12]\.bicepparam$/.test(file))
  expect(files.toSorted()).toEqual(parameterFiles.map((name) => `infra/${name}.bicepparam`).toSorted())
})

// What-if cannot look behind a reference: it would show every such tag as changed.
test.each(parameterFiles)('of %s every tag is known before anything is deployed', (name) => {
  const { predictedResources, diagnostics } = snapshotIn('.', name)
  expect(diagnostics).toEqual([])
  const tagged = predictedResources.filter(({ tags }) => tags !== undefined)
  expect(tagged.length).toBeGreaterThan(4)
  expect(tagged.filter(({ tags }) => typeof tags !== 'object' || JSON.stringify(tags).includes('"['))).toEqual([])
})
