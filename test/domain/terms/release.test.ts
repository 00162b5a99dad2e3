import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { release } from '../../../src/domain/terms/release.ts'

test('the release is that of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(release).toBe(version)
})
