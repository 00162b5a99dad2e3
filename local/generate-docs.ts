import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { madePages } from './docs/pages.ts'

const root = join(import.meta.dirname, '..')

// A check that is gone takes its page along; those of alerts are written by hand.
const pages = madePages((path) => readFileSync(join(root, path), 'utf8'))
for (const path of globSync('docs/runbooks/*.md', { cwd: root, exclude: ['**/alert-*.md'] }))
  if (!pages.has(path)) rmSync(join(root, path))
for (const [path, text] of pages) writeFileSync(join(root, path), text)
