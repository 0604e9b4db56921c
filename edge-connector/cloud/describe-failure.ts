/** Why no connection was made, in words that help where the cause is on this machine. */
export function describeFailure({ message, code, syscall }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'CERT_NOT_YET_VALID':
    case 'CERT_HAS_EXPIRED':
      return `${message}: by the clock of this machine the certificate of the cloud is not valid; is the clock right?`
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return `${message}: no authority that this machine knows vouches for the cloud; start with NODE_EXTRA_CA_CERTS=FILE if it has one of its own`
    default:
      // Node's own words end with the IP address that was tried, or are none when several were.
      return syscall === 'connect' || message === '' ? `connect ${code}` : message
  }
}
