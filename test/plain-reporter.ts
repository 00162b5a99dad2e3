import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with one plain line that any tool can read: `N passed, N failed, N skipped`; before it, what to look into. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length
    const broken = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length
    for (const skipped of tests.filter((test) => test.result().state === 'skipped')) {
      process.stdout.write(`SKIPPED ${skipped.fullName}\n`)
    }
    for (const unsteady of tests.filter((test) => test.diagnostic()?.flaky)) {
      const [first] = unsteady.result().errors ?? []
      process.stdout.write(
        `PASSED THE SECOND TIME ONLY ${unsteady.fullName}: ${first?.message ?? 'no error is known'}\n`
      )
    }
    process.stdout.write(
      `${String(count('passed'))} passed, ${String(count('failed') + broken)} failed, ${String(count('skipped'))} skipped\n`
    )
  }
}
