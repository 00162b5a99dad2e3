import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const documents = ['*.md', 'docs/*.md', 'docs/decisions/*.md', 'local/host/*.md', 'test/conformance/*.md'].flatMap(
  (pattern) => globSync(pattern)
)

test.for(documents)('%s names no file of the sources, the tests or the samples that is not there', (document) => {
  const named = readFileSync(document, 'utf8').matchAll(
    /\b(?:src|local|cli|test|samples|infra)\/[\w./-]+\.(?:ts|md|css|json|bicep)\b/g
  )
  const paths = new Set([...named].map(([path]) => path))
  expect([...paths].filter((path) => !existsSync(path))).toEqual([])
})
