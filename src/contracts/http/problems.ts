/**
 * Every code of a problem document: its HTTP status, and when it comes. Codes are stable: what a client may compare. A route
 * refuses with one of these, and the row of its operation names those that it may refuse with.
 */
export const problems = {
  'not-signed-in': [401, 'nobody is signed in'],
  'no-object-id': [401, 'the sign-in does not say, or not in one way, by object id who acts and in which tenant'],
  'other-tenant': [401, 'who is signed in is of another tenant than the app'],
  'step-up': [401, 'the answer takes a sign-in that met the authentication context of the deployment'],
  'cross-site': [403, 'a page of another site sent it'],
  'lacks-role': [403, 'who asks has not the role of this app that it takes'],
  'not-yours': [403, 'somebody else has to answer'],
  'not-json': [400, 'the body is not JSON'],
  'faulty-query': [400, 'the query has faults'],
  'too-large': [413, 'the body is too large'],
  'faulty-request': [422, 'the request has faults'],
  'people-unknown': [422, 'the directory does not have everybody of the request'],
  'beyond-limits': [422, 'with what was handed off before, the tenant would have more policies than Microsoft allows'],
  'faulty-answer': [422, 'the answer has faults'],
  'faulty-adoption': [422, 'the request has faults'],
  'faulty-attestation': [422, 'the attestation has faults'],
  'faulty-diagnosis': [422, 'what to look at has faults'],
  'no-such-onboarding': [404, 'there is no such onboarding'],
  'no-such-task': [404, 'no task has that name'],
  'no-such-run': [404, 'nobody started it, or it is forgotten'],
  'no-such-mail': [404, 'no task asks to send that mail'],
  'no-such-file': [404, 'the page has no such file'],
  'no-hand-off': [404, 'it is not written yet'],
  'plan-not-approved': [409, 'the digest is missing, or of another plan'],
  'plan-not-shown': [422, 'the plan was never shown to who approves it'],
  'id-taken': [409, 'the id exists with other content'],
  'tenant-busy': [409, 'another onboarding of the tenant runs'],
  'not-awaited': [409, 'it was never asked'],
  'vault-unfit': [409, 'a check does not hold'],
  'other-layout': [500, 'the records are of another version of this app'],
  'unreadable-record': [500, 'a stored document is damaged, or of a format that this app does not know'],
  'store-silent': [503, 'the store of records does not answer just now'],
  'directory-silent': [503, 'the directory does not say just now who somebody is'],
  'run-unfinished': [503, 'Azure did not answer in time']
} as const satisfies Readonly<Record<string, readonly [status: number, when: string]>>

export type ProblemCode = keyof typeof problems
