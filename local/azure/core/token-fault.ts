/** Why a token is not taken. `revoked`: it was good until something happened to whom it was given to. */
export type TokenFaultKind = 'absent' | 'invalid' | 'expired' | 'audience' | 'revoked'

/** A request whose token is not taken; each service says so in words of its own (`Service.refuseToken`). */
export class TokenFault extends Error {
  override readonly name = 'TokenFault'
  readonly kind: TokenFaultKind
  /** For `audience`: the one that was found. */
  readonly found: string

  constructor(kind: TokenFaultKind, found = '') {
    super(`The token is ${kind}.`)
    this.kind = kind
    this.found = found
  }
}
