import { workloads, workloadNames } from '../terms/workloads.ts'

/** What to do for a task, step by step, by its name alone: custom status need not carry it. Most tasks are one sentence. */
export function taskSteps(task: string): readonly string[] {
  const workload = workloadNames.find((each) => task === `offer-${each}`)
  return workload === undefined ? [] : offerSteps(workloads[workload].offer)
}

/** https://learn.microsoft.com/purview/customer-key-set-up, "Submit a request to activate Customer Key" (R13–R15) */
const offerSteps = (card: string): readonly string[] => [
  'Sign in at https://fasttrack.microsoft.com/ with a work account that is global administrator.',
  'Choose the domain of this organization, then Deploy in the bar at the top.',
  `Open the card "${card}", read the offer, and choose Continue to step 2.`,
  'Fill in the form. Take care over the officers: they alone may approve that keys and data are destroyed for good.',
  'Choose Submit, and record here the request id that is shown and the officers you named.'
]
