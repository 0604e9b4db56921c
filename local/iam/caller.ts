/**
 * The access key id that a request is signed with (Signature Version 4), or none. The ids of the local functions
 * are random and known to them alone, so that knowing one stands for the signature.
 */
export function callerAccessKeyId(authorization: string | undefined): string | undefined {
  return /^AWS4-HMAC-SHA256 .*?Credential=([A-Z0-9]+)\//.exec(authorization ?? '')?.[1]
}
