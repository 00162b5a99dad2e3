import { expect, test } from 'vitest'
import { groups } from '../../local/azure/graph/groups.ts'
import { addPerson } from './people.ts'
import { fabrikam } from './requests.ts'
import { refused, useApp } from './running-app.ts'

const app = useApp()
const keepers = '0d6fb1a2-3c4d-4e5f-8a9b-0c1d2e3f4a5b'
const ann = 'ann@fabrikam.com'
const annId = 'aaaaaaaa-0000-4000-8000-00000000000a'

function grouped(id: string) {
  const { subscriptions, ...rest } = fabrikam({ id })
  return {
    ...rest,
    subscriptions: subscriptions.map((each) => (each.slot === 2 ? { ...each, operators: [keepers] } : each))
  }
}

test('whether somebody is in a group is asked when they answer: who has left may not, and a silent directory takes no answer', async () => {
  const { azure } = app.stage
  addPerson(azure.world, ann, annId)
  const group = { id: keepers, displayName: 'Key keepers', members: [annId] }
  groups(azure.world).set(keepers, group)
  await app.start(grouped('grouped'))
  await app.until('grouped', (view) => view.step === 'offers')
  const cancel = () =>
    app.ask('/api/onboardings/grouped/tasks/cancel', {
      method: 'POST',
      actor: ann,
      headers: { 'x-local-roles': 'Operator' }, // an Approver may always
      body: { reason: 'the tenant was the wrong one' }
    })

  azure.faults.add({
    service: 'graph',
    operation: 'groups.listTransitiveMembers',
    kind: 'status',
    status: 403,
    code: 'Forbidden',
    times: 'always'
  })
  expect(await cancel()).toMatchObject(refused(503, { type: 'urn:customer-key:problem:directory-silent' }))
  azure.faults.clear()

  groups(azure.world).set(keepers, { ...group, members: [] })
  expect(await cancel()).toMatchObject(refused(403, { detail: expect.stringContaining(`group ${keepers}`) }))

  groups(azure.world).set(keepers, group)
  expect(await cancel()).toMatchObject({ status: 202, body: { by: ann } })
  await app.until('grouped', (view) => view.status === 'cancelled')
})
