import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { shellFor } from './shell.ts'

const path = process.env['PATH']
const folders: string[] = []
afterEach(() => {
  process.env['PATH'] = path
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** The only Azure tool on the path is an `az` that fails with these words. */
function azFails(words: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'ckey-az-'))
  folders.push(folder)
  writeFileSync(
    join(folder, 'az'),
    `#!${process.execPath}\nconsole.error(${JSON.stringify(words)})\nprocess.exitCode = 1\n`
  )
  chmodSync(join(folder, 'az'), 0o755)
  process.env['PATH'] = `${folder}:/usr/bin:/bin`
}

const doctor = async () =>
  shellFor({ env: {} }).ckey('doctor', '--url', 'https://app.invalid', '--audience', 'api://client-1')
const login = 'Interactive authentication is needed. Please run:\naz login --scope api://client-1/.default'

// As the Azure CLI prints it: https://github.com/Azure/azure-cli/issues/15056, …/32670, …/18560
test.each([
  [
    '65001: The user or administrator has not consented to use the application with ID',
    /signed in, .* \(AADSTS65001\)\. .*consent\.sh again/
  ],
  [
    '650057: Invalid resource. The client has requested access to a resource which is not listed',
    /\(AADSTS650057\)\. .*consent\.sh again/
  ],
  [
    '500011: The resource principal named api://client-1 was not found in the tenant',
    /tenant without .*api:\/\/client-1 \(AADSTS500011\)\. Compare/
  ],
  [
    '50105: Your administrator has configured the application to block users',
    /nobody gave you a role .*\(AADSTS50105\)\. Have Reader/
  ]
])('a doctor tells that Entra refuses a token from that nobody is signed in: AADSTS%s', async (says, expected) => {
  azFails(`ERROR: AADSTS${says}. Trace ID: 1\n${login}`)
  const { out, code } = await doctor()
  expect(out).toMatch(expected)
  expect(out).not.toContain('No Azure sign-in was found')
  expect(code).toBe(3) // the app was not reached
})

test('nobody who is signed in stays what it was', async () => {
  azFails("ERROR: Please run 'az login' to setup account.")
  expect((await doctor()).out).toMatch(/No Azure sign-in was found for api:\/\/client-1: .*Sign in with az login/)
})
