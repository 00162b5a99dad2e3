/** A key identifier taken apart (R46). */
export interface KeyId {
  /** Host of the vault, lower case, e.g. `contoso-ck-ex-na-vaulta1.vault.azure.net`. */
  readonly host: string
  /** First label of the host. */
  readonly vault: string
  readonly name: string
  /** Absent in the form that always means the newest version. */
  readonly version: string | undefined
  /** `https://{host}/keys/{name}/{version}`; without version when there is none. */
  readonly versioned: string
  /** `https://{host}/keys/{name}` */
  readonly versionless: string
}

/** The version of an identifier that names one. Throws where it does not. */
export function versionIn(kid: string): string {
  const { version } = parseKeyId(kid)
  if (version !== undefined) return version
  throw new Error(`${JSON.stringify(kid)} names no version. Use https://{vault host}/keys/{name}/{version}.`)
}

/** Takes a key identifier apart; the `:443` that Azure PowerShell prints is dropped. Throws on anything else. */
export function parseKeyId(kid: string): KeyId {
  const url = URL.canParse(kid) ? new URL(kid) : undefined
  const [, name, version] = /^\/keys\/([0-9A-Za-z-]{1,127})(?:\/([0-9a-f]{32}))?\/?$/.exec(url?.pathname ?? '') ?? []
  if (url?.protocol !== 'https:' || url.port !== '' || name === undefined) {
    throw new Error(`${JSON.stringify(kid)} is not a key identifier. Use https://{vault host}/keys/{name}/{version}.`)
  }
  const versionless = `https://${url.host}/keys/${name}`
  return {
    host: url.host,
    vault: url.host.split('.', 1)[0] ?? url.host,
    name,
    version,
    versioned: version === undefined ? versionless : `${versionless}/${version}`,
    versionless
  }
}
