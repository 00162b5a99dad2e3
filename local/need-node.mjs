// Plain JavaScript on purpose: it must run on the Node that is too old for the rest.
import process from 'node:process'

const needed = [24, 5]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `Customer Key onboarding needs Node ≥ ${needed.join('.')}, found ${process.versions.node}. ` +
      'npm installs a fitting one on Linux and Windows (run npm ci); elsewhere install Node 24 and try again.\n'
  )
  process.exit(1)
}
