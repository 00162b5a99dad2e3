import { expect, test } from 'vitest'
import { aliasEmail } from '../../../src/domain/mails/alias-email.ts'
import { textAsHtml } from '../../../src/domain/mails/text-as-html.ts'
import { offersOf, planOf, threeWorkloads } from '../examples.ts'

const plan = planOf(threeWorkloads())
const features = plan.slots.map(({ slot, subscriptionId }) => ({ slot, subscriptionId, state: 'Pending' }))
const { text } = aliasEmail({ plan, workload: 'exchange', offers: offersOf(plan), features, banner: 'REHEARSAL' })

test('a mail in HTML says what it says in plain text, with its table as it was laid out', () => {
  const html = textAsHtml(text)
  const said = html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
  expect(said.split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean))
  expect(html).toContain('<pre>FeatureName                     ProviderName        RegistrationState\n')
  expect(html).toContain('<p>Hello,</p>')
})

test('nothing in it is taken for a tag', () => {
  expect(textAsHtml('a <b>bold</b> & word\n')).toContain('<p>a &lt;b&gt;bold&lt;/b&gt; &amp; word</p>')
})
