export interface Draft {
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly subject: string
  readonly text: string
}

/**
 * A mail as a file that mail programs open as a draft (RFC 5322, UTF-8; `X-Unsent` is Outlook's word for it). Whoever opens
 * it sends it under their own name: it has no sender and no date.
 */
export const eml = ({ to, cc = [], subject, text }: Draft): string =>
  [
    'X-Unsent: 1',
    `To: ${to.join(', ')}`,
    ...(cc.length === 0 ? [] : [`Cc: ${cc.join(', ')}`]),
    `Subject: ${headerText(subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...text.split('\n')
  ].join('\r\n')

/** Headers are ASCII: other text is an encoded word (RFC 2047), of at most 75 characters each. */
const headerText = (text: string): string =>
  isAscii(text) ? text : (text.match(/.{1,12}/gsu) ?? []).map((part) => `=?utf-8?B?${base64(part)}?=`).join('\r\n ')

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
