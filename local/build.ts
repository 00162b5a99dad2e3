import { bundle, startingCode } from './bundle.ts'

const { metafile } = await bundle({ main: 'src/main.ts', into: 'dist' })
const sizes = Object.entries(metafile.outputs)
  .filter(([file]) => file.endsWith('.mjs'))
  .map(([, { bytes }]) => bytes)
const sum = (numbers: readonly number[]): string => `${(numbers.reduce((a, b) => a + b, 0) / 1000).toFixed(0)} kB`
const starting = startingCode(metafile, 'src/app.ts').map(({ bytes }) => bytes)
process.stdout.write(
  `dist: ${sum(sizes)} of code in ${String(sizes.length)} files, ${sum(starting)} of it loaded at the start\n`
)
