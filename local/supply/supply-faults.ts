import type { LockedPackage } from './lockfile.ts'

/** Licences that ask for no more than a notice. What is deployed has one of these. */
const deployable = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']
/** What only builds and tests: also those whose demands end with their own files. */
const usable = [
  ...deployable,
  'BlueOak-1.0.0',
  'CC-BY-4.0', // caniuse-lite: a table of what browsers can, read by a tool of the tests
  'MIT OR Apache-2.0',
  'MPL-2.0',
  'PSF-2.0',
  'Unlicense',
  '(BSD-3-Clause AND Apache-2.0)',
  '(ISC AND CC-BY-3.0)',
  'http://geraintluff.github.io/tv4/LICENSE.txt' // uri-templates: its author's dedication to the public domain, or MIT
]

/** Everything about these packages that nobody has agreed to, in a sentence each. */
export const supplyFaults = (packages: readonly LockedPackage[]): string[] =>
  packages.flatMap(({ name, version = '', license, integrity, dev = false }) => [
    ...((dev ? usable : deployable).includes(license ?? '')
      ? []
      : [
          `${name} ${version} has the licence ${license ?? '(none)'}. Read it, then allow it in local/supply/supply-faults.ts or leave the package out.`
        ]),
    ...(integrity
      ? []
      : [`${name} ${version} has no integrity digest in package-lock.json. Install it again from the registry.`])
  ])
